using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Episodes.Journal;

/// <summary>A timeline with those that it was forked from, each up to the entry that they share.</summary>
internal sealed class TimelineChain
{
    private readonly Guid[] ids;
    private readonly long[] ends;

    private TimelineChain(IEnumerable<(Guid Id, long End)> parts)
    {
        var all = parts.ToList();
        (ids, ends) = ([.. all.Select(part => part.Id)], [.. all.Select(part => part.End)]);
    }

    /// <param name="upTo">The number of the last entry that counts; null for all.</param>
    public static async Task<TimelineChain> OfAsync(RepublicDb db, Timeline timeline, long? upTo, CancellationToken ct)
    {
        var end = upTo ?? long.MaxValue;
        List<(Guid, long)> parts = [(timeline.Id, end)];
        if (timeline.ParentId is null)
        {
            return new(parts);
        }

        var all = await db
            .Timelines.AsNoTracking()
            .Where(t => t.EpisodeId == timeline.EpisodeId)
            .Select(t => new
            {
                t.Id,
                t.ParentId,
                t.ForkedAt,
            })
            .ToDictionaryAsync(t => t.Id, ct);
        for (var one = all[timeline.Id]; one.ParentId is { } parent; one = all[parent])
        {
            end = Math.Min(end, one.ForkedAt);
            parts.Add((parent, end));
        }

        return new(parts);
    }

    /// <summary>The entries in any order.</summary>
    public IQueryable<EpisodeEntry> Entries(RepublicDb db) =>
        db.EpisodeEntries.FromSql(
            $"""
            select e.* from episode_entries e
            join unnest({ids}, {ends}) as part (id, last) on e.timeline_id = part.id and e.seq <= part.last
            """
        );

    /// <summary>The steps in any order. One that a parent had begun and not ended at the fork belongs to the parent alone.</summary>
    public IQueryable<Step> Steps(RepublicDb db) =>
        db.Steps.FromSql(
            $"""
            select s.* from steps s
            join unnest({ids}, {ends}) as part (id, last) on s.timeline_id = part.id
              and (s.done_seq <= part.last or (s.done_seq is null and part.id = {ids[0]}))
            """
        );

    /// <summary>Who played which role, in any order.</summary>
    public IQueryable<AgentAssignment> Assignments(RepublicDb db) =>
        db.AgentAssignments.FromSql(
            $"""
            select a.* from agent_assignments a
            join unnest({ids}, {ends}) as part (id, last) on a.timeline_id = part.id and a.from_seq <= part.last
            """
        );
}
