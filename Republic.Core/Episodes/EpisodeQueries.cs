using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Episodes;

/// <summary>Who sees which episodes: whoever began one, and the people who play in it or did.</summary>
public static class EpisodeQueries
{
    public static IQueryable<Episode> VisibleTo(this IQueryable<Episode> episodes, RepublicDb db, Guid person) =>
        episodes.Where(e => e.OwnerId == person || db.AgentAssignments.Any(a => a.EpisodeId == e.Id && a.CitizenId == person));

    /// <summary>The people who are told of changes: the owner first, then who plays in it.</summary>
    internal static async Task<List<Guid>> EpisodeAudienceAsync(this RepublicDb db, Guid episode, Guid owner, CancellationToken ct)
    {
        var players = await db
            .AgentAssignments.Where(a => a.EpisodeId == episode && a.CitizenId != owner && db.Users.Any(p => p.Id == a.CitizenId))
            .Select(a => a.CitizenId)
            .Distinct()
            .ToListAsync(ct);
        return [owner, .. players];
    }

    /// <summary>A timeline and its episode as they are now, the episode held until the transaction ends.</summary>
    internal static async Task<(Episode Episode, Timeline Timeline)?> LockTimelineAsync(
        this RepublicDb db,
        Guid timeline,
        CancellationToken ct
    )
    {
        await db.Database.ExecuteSqlAsync(
            $"select 1 from episodes where id = (select episode_id from timelines where id = {timeline}) for no key update",
            ct
        );
        // A statement of its own: one that waited for the lock would read what was there before.
        var rows = await db
            .Timelines.Where(t => t.Id == timeline)
            .Join(db.Episodes, t => t.EpisodeId, e => e.Id, (t, e) => new { Timeline = t, Episode = e })
            .SingleOrDefaultAsync(ct);
        return rows is null ? null : (rows.Episode, rows.Timeline);
    }
}
