namespace Republic.Web.Pages.Scenarios;

/// <summary>A new scenario as it is typed: a name, or a text.</summary>
public sealed class NewForm
{
    public string? Name { get; set; }

    public string? Yaml { get; set; }

    /// <summary>Made with the page, so that sending it twice makes one scenario.</summary>
    public Guid? Request { get; set; }
}
