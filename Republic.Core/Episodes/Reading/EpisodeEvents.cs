using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Reading;

/// <summary>A timeline as a stream: which entries were added, and how it stands. Words are not in it: who may know them is decided where they are read.</summary>
public sealed class EpisodeEvents : IJournal
{
    public string Noun => "timeline";

    public Task<Guid?> OwnerAsync(RepublicDb db, Guid subject, CancellationToken ct) =>
        db
            .Timelines.Where(t => t.Id == subject)
            .Join(db.Episodes, t => t.EpisodeId, e => e.Id, (_, e) => (Guid?)e.OwnerId)
            .SingleOrDefaultAsync(ct);

    public Task<bool> MaySeeAsync(RepublicDb db, Guid person, Guid subject, CancellationToken ct) =>
        db.Episodes.VisibleTo(db, person).AnyAsync(e => e.TimelineId == subject, ct);

    public IQueryable<JournalEntry> Entries(RepublicDb db, Guid subject) =>
        db
            .EpisodeEntries.Where(e => e.TimelineId == subject)
            .Select(e => new JournalEntry
            {
                Number = e.Seq,
                Kind = e.Kind,
                Data = "{}",
            });

    public async Task<JournalSnapshot?> SnapshotAsync(RepublicDb db, Guid subject, CancellationToken ct)
    {
        var timeline = await db
            .Timelines.Where(t => t.Id == subject)
            .Select(t => new Standing(t.EpisodeId, t.Id, t.Seq, t.Status, t.Wait, t.Result))
            .SingleOrDefaultAsync(ct);
        return timeline is null ? null : new("episode", timeline, IsOver: timeline.Status != EpisodeStatus.Running) { Topic = timeline.Id };
    }

    public ServerEvent? Draw(JournalEntry entry, Guid viewer) =>
        new(
            entry.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            entry.Kind,
            JsonSerializer.SerializeToElement(new { seq = entry.Number })
        );

    /// <summary>How a timeline stands.</summary>
    private sealed record Standing(Guid Id, Guid TimelineId, long Seq, EpisodeStatus Status, EpisodeWait? Wait, EndResult? Result);
}
