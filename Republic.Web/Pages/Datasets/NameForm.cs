namespace Republic.Web.Pages.Datasets;

public sealed class NameForm
{
    public string? Name { get; set; }

    public string? Description { get; set; }
}
