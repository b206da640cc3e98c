using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Episodes.Journal;

/// <summary>
/// The journal of the timeline that one job works on, as far as it was read. Entries never change, so that each step reads what came since the one
/// before.
/// </summary>
internal sealed class JournalReading
{
    private readonly List<EntryData> entries = [];

    /// <summary>All entries in their order.</summary>
    public async Task<IReadOnlyList<EntryData>> ReadAsync(RepublicDb db, Timeline timeline, CancellationToken ct)
    {
        var last = entries.Count == 0 ? 0 : entries[^1].Event.Seq;
        var chain = await TimelineChain.OfAsync(db, timeline, upTo: null, ct);
        var added = await chain
            .Entries(db)
            .Where(entry => entry.Seq > last)
            .OrderBy(entry => entry.Seq)
            .Select(entry => entry.Data)
            .ToListAsync(ct);
        entries.AddRange(added.Select(EntryData.Parse));
        return entries;
    }
}
