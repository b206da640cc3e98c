namespace Republic.Web.Pages.Models;

/// <summary>The switch of one tool.</summary>
/// <param name="Id">The id of the box on the page.</param>
/// <param name="Field">The field of the form.</param>
/// <param name="Value">The value of the field where the tool is on.</param>
/// <param name="Action">The address to which a change of it is posted.</param>
public sealed record ToolSwitch(string Id, string Field, string Value, bool IsOn, string Action)
{
    public required string Title { get; init; }

    public string? Note { get; init; }

    /// <summary>The address at which its “always” is taken back; null where it has none.</summary>
    public string? AskAgain { get; init; }
}
