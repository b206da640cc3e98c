using Republic.Core.Comparisons;
using Republic.Core.Minions;
using Republic.Core.Training.Versions;

namespace Republic.Web.Pages.Training.Comparisons;

/// <summary>What the page of comparisons shows.</summary>
/// <param name="Minions">Those with versions to compare.</param>
/// <param name="Minion">The chosen one; null where there is none.</param>
public sealed record ComparisonsView(IReadOnlyList<MinionCard> Minions, Guid? Minion)
{
    /// <summary>The newest first, as all that follows.</summary>
    public IReadOnlyList<VersionCard> Versions { get; init; } = [];

    public IReadOnlyList<VersionStanding> Standings { get; init; } = [];

    public IReadOnlyList<string> OwnPrompts { get; init; } = [];

    public IReadOnlyList<ComparisonCard> Rows { get; init; } = [];

    /// <summary>The last comparison of the page before this one.</summary>
    public Guid? Before { get; init; }

    /// <summary>The last of this page; null where no other follows.</summary>
    public Guid? Older { get; init; }

    /// <summary>Selected from the beginning: the base, the version in use and the newest.</summary>
    public IEnumerable<int> Usual =>
        Versions.Where(version => version.Version == 0 || version.IsLive || version == Versions[0]).Select(v => v.Version);
}
