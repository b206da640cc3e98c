using Republic.Core.Search;

namespace Republic.Web.Pages.Search;

/// <summary>What the palette shows for what was typed into it.</summary>
/// <param name="Words">Null where nothing was typed yet.</param>
public sealed record FoundView(string? Words, IReadOnlyList<FoundGroup> Groups)
{
    public const string CommandGroup = "Commands";

    private const int MostRecent = 8;

    /// <param name="mostOfGroup">So many of each kind are shown.</param>
    public static FoundView Of(string? words, IReadOnlyList<Command> commands, IReadOnlyList<SearchResult> results, int mostOfGroup)
    {
        // A chat stands there once, whether its title was found or something that was said in it; and so does a page that a command goes to.
        var addresses = commands.Select(command => command.Address).ToHashSet(StringComparer.Ordinal);
        var found = results
            .DistinctBy(result => result.Conversation ?? result.Id)
            .Where(result => !addresses.Contains(SearchAddresses.Of(result)))
            .ToList();
        var offered = new FoundGroup(CommandGroup, [.. commands.Select(command => FoundOption.Of(command))]);
        IEnumerable<FoundGroup> groups = words is null
            ? [GroupOf("Recent", found.OrderByDescending(result => result.At), MostRecent), offered]
            :
            [
                offered,
                .. SearchKind.Groups.Select(name =>
                    GroupOf(name, found.Where(result => SearchKind.Of(result.Kind).Group == name), mostOfGroup)
                ),
            ];
        return new FoundView(words, [.. groups.Where(group => group.Options.Count > 0)]);
    }

    private static FoundGroup GroupOf(string name, IEnumerable<SearchResult> results, int most) =>
        new(name, [.. results.Take(most).Select(result => FoundOption.Of(result))]);
}
