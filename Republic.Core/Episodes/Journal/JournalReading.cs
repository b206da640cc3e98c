using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Episodes.Journal;

/// <summary>
/// The journal of the timeline that one job works on, as far as it was read. Entries never change, so that each step reads what others have added
/// since the one before, which mostly is nothing.
/// </summary>
internal sealed class JournalReading
{
    private readonly List<EntryData> entries = [];

    private long Last => entries.Count == 0 ? 0 : entries[^1].Event.Seq;

    /// <summary>Takes over entries of a change that is saved, where they follow those that were read.</summary>
    public void Follow(TimelineChange saved)
    {
        if (entries.Count > 0 && saved.Written is [var first, ..] && first.Event.Seq == Last + 1)
        {
            entries.AddRange(saved.Written);
        }
    }

    /// <summary>All entries in their order, up to the last of the timeline as it is given.</summary>
    public async Task<IReadOnlyList<EntryData>> ReadAsync(IDbContextFactory<RepublicDb> databases, Timeline timeline, CancellationToken ct)
    {
        var last = Last;
        if (last < timeline.Seq)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var chain = await TimelineChain.OfAsync(db, timeline, upTo: timeline.Seq, ct);
            var added = await chain
                .Entries(db)
                .Where(entry => entry.Seq > last)
                .OrderBy(entry => entry.Seq)
                .Select(entry => entry.Data)
                .ToListAsync(ct);
            entries.AddRange(added.Select(EntryData.Parse));
        }

        return entries;
    }
}
