namespace Republic.Web.Pages.Scenarios;

/// <summary>The text of a draft as it is typed.</summary>
public sealed class YamlForm
{
    public string? Yaml { get; set; }

    /// <summary>When the scenario was changed last before the text was shown.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}
