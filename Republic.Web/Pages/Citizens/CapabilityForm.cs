namespace Republic.Web.Pages.Citizens;

public sealed class CapabilityForm
{
    public string? Name { get; set; }

    public string? Description { get; set; }
}
