using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;

namespace Republic.Core.Episodes.Reading;

/// <summary>Lists the episodes that a person began or plays in.</summary>
public sealed class EpisodeCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <summary>One page, the newest first.</summary>
    /// <param name="scenario">Of this scenario; null for all.</param>
    /// <param name="before">The last id of the previous page; null for the first.</param>
    public async Task<IReadOnlyList<EpisodeCard>> ListAsync(
        Guid me,
        Guid? scenario,
        EpisodeStatus? status,
        int limit,
        Guid? before,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from episode in db.Episodes.AsNoTracking().VisibleTo(db, me)
            join timeline in db.Timelines on episode.TimelineId equals timeline.Id
            join played in db.Scenarios on episode.ScenarioId equals played.Id
            where (before == null || episode.Id < before) && (scenario == null || episode.ScenarioId == scenario)
            where status == null || timeline.Status == status
            orderby episode.Id descending
            select new EpisodeCard(
                episode.Id,
                episode.ScenarioId,
                played.Name,
                episode.Version,
                episode.OwnerId,
                timeline.Status,
                timeline.Wait,
                timeline.Result,
                (
                    episode.OwnerId == me
                    && timeline.StartedAt != null
                    && (timeline.Wait == EpisodeWait.Choice || timeline.Wait == EpisodeWait.Limit || timeline.Wait == EpisodeWait.Stuck)
                )
                    || (
                        timeline.Wait == EpisodeWait.Person
                        && db.Steps.Any(s =>
                            s.TimelineId == timeline.Id && s.DoneSeq == null && s.State == TurnState.Pending && s.CitizenId == me
                        )
                    ),
                db.Steps.Count(s => s.TimelineId == timeline.Id && s.DoneSeq != null),
                db.Steps.Where(s => s.TimelineId == timeline.Id).Sum(s => s.Cost ?? 0),
                timeline.StartedAt,
                episode.CreatedAt,
                episode.UpdatedAt
            )
        )
            .Take(Math.Clamp(limit, 1, MaxPage))
            .ToListAsync(ct);
    }
}
