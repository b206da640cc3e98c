using Republic.Core.Citizens.Capabilities;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Episodes.Reading;

namespace Republic.Web.Pages.Citizens;

/// <summary>The judges and sources of a citizen's capability entries, as far as the viewer may see them.</summary>
public sealed class CapabilityHistory
{
    private readonly Guid me;
    private readonly IReadOnlyDictionary<Guid, string> citizens;
    private readonly IReadOnlySet<Guid> episodes;

    private CapabilityHistory(Guid me, IReadOnlyDictionary<Guid, string> citizens, IReadOnlySet<Guid> episodes) =>
        (this.me, this.citizens, this.episodes) = (me, citizens, episodes);

    public static async Task<CapabilityHistory> ReadAsync(
        CitizenCards citizens,
        EpisodeCards episodes,
        Guid me,
        IReadOnlyList<CapabilityCard> capabilities,
        CancellationToken ct
    )
    {
        var entries = capabilities.SelectMany(capability => capability.TaskHistory ?? []).ToList();
        var names = await citizens.NamesAsync(me, [.. entries.Select(entry => entry.RecordedBy).Distinct()], ct);
        var seen = await episodes.VisibleAsync(me, [.. entries.Where(IsOfEpisode).Select(entry => entry.SourceId).Distinct()], ct);
        return new(me, names, seen);
    }

    public string JudgeOf(Guid citizen) => citizen == me ? "you" : citizens.GetValueOrDefault(citizen, "somebody else");

    /// <summary>Where the source of an entry is looked at; null where it is not shown to the person, or has no page of its own.</summary>
    public string? AddressOf(CapabilityEntryCard entry) =>
        IsOfEpisode(entry) && episodes.Contains(entry.SourceId) ? $"/episodes/{entry.SourceId}" : null;

    /// <summary>The source of an entry in words.</summary>
    public static string SourceOf(CapabilityEntryCard entry) =>
        IsOfEpisode(entry) ? entry.SourceType : $"{entry.SourceType}, round {entry.Round}";

    private static bool IsOfEpisode(CapabilityEntryCard entry) => entry.SourceType == CapabilityEntry.EpisodeSource;
}
