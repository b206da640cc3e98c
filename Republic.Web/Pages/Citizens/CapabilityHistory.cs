using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Citizens.Capabilities;
using Republic.Core.Data;
using Republic.Core.Episodes;

namespace Republic.Web.Pages.Citizens;

/// <summary>The judges and sources of a citizen's capability entries, as far as the viewer may see them.</summary>
public sealed class CapabilityHistory
{
    private readonly Guid me;
    private readonly Dictionary<Guid, string> citizens;
    private readonly HashSet<Guid> episodes;

    private CapabilityHistory(Guid me, Dictionary<Guid, string> citizens, HashSet<Guid> episodes) =>
        (this.me, this.citizens, this.episodes) = (me, citizens, episodes);

    public static async Task<CapabilityHistory> ReadAsync(
        RepublicDb db,
        Guid me,
        IReadOnlyList<CapabilityCard> capabilities,
        CancellationToken ct
    )
    {
        var entries = capabilities.SelectMany(capability => capability.TaskHistory ?? []).ToList();
        var judges = entries.Select(entry => entry.RecordedBy).Distinct().ToList();
        var sources = entries.Where(IsOfEpisode).Select(entry => entry.SourceId).Distinct().ToList();
        var names = await db
            .Citizens.VisibleTo(db, me)
            .Where(citizen => judges.Contains(citizen.Id))
            .ToDictionaryAsync(citizen => citizen.Id, citizen => citizen.DisplayName, ct);
        var seen =
            sources.Count == 0
                ? []
                : await db.Episodes.VisibleTo(db, me).Where(one => sources.Contains(one.Id)).Select(one => one.Id).ToListAsync(ct);
        return new(me, names, [.. seen]);
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
