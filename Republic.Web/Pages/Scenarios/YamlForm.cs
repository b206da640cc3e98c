namespace Republic.Web.Pages.Scenarios;

/// <summary>The text of a draft as it is typed.</summary>
public sealed class YamlForm
{
    public string? Yaml { get; set; }
}
