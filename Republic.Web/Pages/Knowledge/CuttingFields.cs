namespace Republic.Web.Pages.Knowledge;

public sealed class CuttingFields
{
    public string? Length { get; set; }

    public string? Overlap { get; set; }
}
