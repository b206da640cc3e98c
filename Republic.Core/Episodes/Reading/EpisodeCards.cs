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
        var rows = await (
            from episode in db.Episodes.AsNoTracking().VisibleTo(db, me)
            join timeline in db.Timelines on episode.TimelineId equals timeline.Id
            join played in db.Scenarios on episode.ScenarioId equals played.Id
            where (before == null || episode.Id < before) && (scenario == null || episode.ScenarioId == scenario)
            where status == null || timeline.Status == status
            orderby episode.Id descending
            select new
            {
                Episode = episode,
                Timeline = timeline,
                played.Name,
                WaitsForMe = (
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
            }
        )
            .Take(Math.Clamp(limit, 1, MaxPage))
            .ToListAsync(ct);
        return rows.ConvertAll(row => Card(row.Episode, row.Timeline, row.Name, row.WaitsForMe, me));
    }

    private static EpisodeCard Card(Episode episode, Timeline timeline, string scenario, bool waitsForMe, Guid me) =>
        new(
            episode.Id,
            episode.ScenarioId,
            scenario,
            episode.Version,
            episode.OwnerId,
            timeline.Status,
            timeline.Wait,
            timeline.Result,
            waitsForMe,
            // The rows of steps know neither what a fork shares with its parent nor what the director took.
            timeline.State.Turn,
            episode.OwnerId == me ? timeline.State.Cost : null,
            timeline.StartedAt,
            episode.CreatedAt,
            episode.UpdatedAt
        );
}
