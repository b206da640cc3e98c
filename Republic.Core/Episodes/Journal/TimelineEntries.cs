using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Journal;

/// <summary>Reads the entries of timelines, and folds them.</summary>
internal static class TimelineEntries
{
    /// <summary>All entries in their order.</summary>
    public static async Task<List<EpisodeEntry>> EntriesAsync(this RepublicDb db, Timeline timeline, long? upTo, CancellationToken ct)
    {
        var chain = await TimelineChain.OfAsync(db, timeline, upTo, ct);
        return await chain.Entries(db).AsNoTracking().OrderBy(entry => entry.Seq).ToListAsync(ct);
    }

    /// <summary>The state after these events, which fitted when they happened.</summary>
    public static EpisodeState Fold(EpisodeMachine machine, IEnumerable<EpisodeEvent> events) =>
        events.Aggregate(EpisodeState.Of(machine.Definition), (state, happened) => machine.Next(state, happened).State);
}
