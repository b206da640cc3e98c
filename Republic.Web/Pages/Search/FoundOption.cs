using Republic.Core.Search;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Search;

/// <summary>One line of the palette or of the page of the search: what was found, or a command.</summary>
public sealed record FoundOption(string Icon, string Address, MarkedText Title)
{
    /// <summary>How its kind is called; null for a command.</summary>
    public string? Kind { get; init; }

    /// <summary>The sentence in which it was found.</summary>
    public MarkedText? Line { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>The keys that do the same.</summary>
    public string? Keys { get; init; }

    public static FoundOption Of(SearchResult result)
    {
        var kind = SearchKind.Of(result.Kind);
        return new FoundOption(kind.Icon, SearchAddresses.Of(result), MarkedText.At(result.Title, result.TitleMarks))
        {
            Kind = kind.One,
            Line = result.Snippet.Length == 0 ? null : MarkedText.At(result.Snippet, result.Marks),
            // Pages of settings are not of a time.
            At = result.Kind == SearchKinds.Setting ? null : result.At,
        };
    }

    public static FoundOption Of(Command command) =>
        new(command.Icon, command.Address, MarkedText.At(command.Text, [])) { Keys = command.Keys };
}
