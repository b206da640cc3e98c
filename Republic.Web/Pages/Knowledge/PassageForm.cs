namespace Republic.Web.Pages.Knowledge;

public sealed class PassageForm
{
    public string? Text { get; set; }
}
