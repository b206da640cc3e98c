using Republic.Core.Scenarios.Drafts;

namespace Republic.Web.Pages.Scenarios;

/// <summary>One page of a person's scenarios, or of those in the archive.</summary>
/// <param name="Current">How many are not in the archive, whatever is searched for.</param>
/// <param name="Archived">How many are in the archive, whatever is searched for.</param>
/// <param name="Before">The last scenario of the previous page; null on the first.</param>
/// <param name="Older">The last scenario of this page; null where no page follows.</param>
public sealed record ScenarioListView(
    IReadOnlyList<ScenarioCard> Rows,
    int Current,
    int Archived,
    bool IsArchive,
    string? Words,
    Guid? Before,
    Guid? Older
)
{
    public bool IsSearch => !string.IsNullOrWhiteSpace(Words);

    public string Here => Address(IsArchive, Words, Before);

    public string Action(string handler) => Address(IsArchive, Words, Before, handler);

    /// <summary>The address of the list, or of a handler of its page.</summary>
    public static string Address(bool isArchive, string? words, Guid? before, string? handler = null)
    {
        (string Name, string? Value)[] query =
        [
            ("archive", isArchive ? "true" : null),
            ("words", words),
            ("before", before?.ToString()),
            ("handler", handler),
        ];
        return "/scenarios"
            + QueryString.Create(
                query.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => KeyValuePair.Create(field.Name, field.Value))
            );
    }
}
