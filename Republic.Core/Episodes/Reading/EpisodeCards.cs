using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;

namespace Republic.Core.Episodes.Reading;

/// <summary>Lists the episodes that a person began or plays in.</summary>
public sealed class EpisodeCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <summary>So many turns are told at once; how many more there are, says the count.</summary>
    private const int MostTurns = 20;

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
        var waiting = Waiting(db, me);
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
                WaitsForMe = waiting.Contains(episode.Id),
            }
        )
            .Take(Math.Clamp(limit, 1, MaxPage))
            .ToListAsync(ct);
        return rows.ConvertAll(row => Card(row.Episode, row.Timeline, row.Name, row.WaitsForMe, me));
    }

    /// <summary>Those of some episodes that the person began or plays in.</summary>
    public async Task<IReadOnlySet<Guid>> VisibleAsync(Guid me, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return new HashSet<Guid>();
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Episodes.VisibleTo(db, me).Where(one => ids.Contains(one.Id)).Select(one => one.Id).ToHashSetAsync(ct);
    }

    /// <summary>The number of episodes that go on when the person does something.</summary>
    public async Task<int> CountWaitingAsync(Guid me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Waiting(db, me).CountAsync(ct);
    }

    /// <summary>The person's turn in an episode's shown timeline, if it is theirs.</summary>
    public async Task<Outcome<EpisodeTurn>> FindTurnAsync(Guid me, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var turn = await (
            from episode in db.Episodes.VisibleTo(db, me)
            join timeline in db.Timelines on episode.TimelineId equals timeline.Id
            join played in db.Scenarios on episode.ScenarioId equals played.Id
            where episode.Id == id
            let step = db
                .Steps.Where(s => timeline.Wait == EpisodeWait.Person && s.TimelineId == timeline.Id && s.CitizenId == me)
                .Where(s => s.DoneSeq == null && s.State == TurnState.Pending)
                .OrderBy(s => s.Seq)
                .FirstOrDefault()
            select new EpisodeTurn(episode.Id, played.Name, step == null ? null : (Guid?)step.Id, step == null ? null : step.Role)
        ).SingleOrDefaultAsync(ct);
        return turn is null ? Failure.NotFound("episode") : turn;
    }

    /// <summary>The person's turns in the timelines that are shown, the newest first.</summary>
    public async Task<IReadOnlyList<EpisodeTurn>> ListTurnsAsync(Guid me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from step in db.Steps
            join episode in db.Episodes.VisibleTo(db, me) on step.TimelineId equals episode.TimelineId
            join timeline in db.Timelines on episode.TimelineId equals timeline.Id
            join played in db.Scenarios on episode.ScenarioId equals played.Id
            where timeline.Wait == EpisodeWait.Person
            where step.CitizenId == me && step.DoneSeq == null && step.State == TurnState.Pending
            orderby step.CreatedAt descending
            select new EpisodeTurn(episode.Id, played.Name, step.Id, step.Role)
        )
            .Take(MostTurns)
            .ToListAsync(ct);
    }

    /// <summary>A turn of the person's that has passed without them, in the timeline that is shown.</summary>
    public async Task<Outcome<EpisodeTurn>> FindMissedAsync(Guid me, Guid id, Guid step, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var missed = await (
            from episode in db.Episodes.VisibleTo(db, me)
            join played in db.Scenarios on episode.ScenarioId equals played.Id
            join row in db.Steps on episode.TimelineId equals row.TimelineId
            where episode.Id == id && row.Id == step && row.CitizenId == me
            where row.State == TurnState.Stopped && row.Error == StepProjection.NotInTime
            select new EpisodeTurn(episode.Id, played.Name, row.Id, row.Role)
        ).SingleOrDefaultAsync(ct);
        return missed is null ? Failure.NotFound("step") : missed;
    }

    /// <summary>The episodes that go on when the person does something: they are to act, or it is theirs to decide how it goes on.</summary>
    internal static IQueryable<Guid> Waiting(RepublicDb db, Guid me)
    {
        var decisions =
            from episode in db.Episodes.OwnedBy(me)
            join timeline in db.Timelines on episode.TimelineId equals timeline.Id
            where timeline.StartedAt != null
            where
                timeline.Wait == EpisodeWait.Choice
                || timeline.Wait == EpisodeWait.Limit
                || timeline.Wait == EpisodeWait.Stuck
                || (
                    timeline.Wait == EpisodeWait.Person
                    && db.Steps.Any(s => s.TimelineId == timeline.Id && s.DoneSeq == null && s.State == TurnState.Waiting)
                )
            select episode.Id;
        // By the episodes in which somebody plays: their steps are all that they ever did.
        var turns =
            from episode in db.Episodes
            join timeline in db.Timelines on episode.TimelineId equals timeline.Id
            where db.AgentAssignments.Any(a => a.EpisodeId == episode.Id && a.CitizenId == me)
            where
                timeline.Wait == EpisodeWait.Person
                && db.Steps.Any(s => s.TimelineId == timeline.Id && s.DoneSeq == null && s.State == TurnState.Pending && s.CitizenId == me)
            select episode.Id;
        // Whoever directs chooses, where they are a person. That is told by the draft: the definitions of versions are text.
        var choices =
            from episode in db.Episodes
            join timeline in db.Timelines on episode.TimelineId equals timeline.Id
            where episode.OwnerId != me && timeline.Wait == EpisodeWait.Choice
            where
                db.AgentAssignments.Any(a =>
                    a.EpisodeId == episode.Id
                    && a.CitizenId == me
                    && a.UntilSeq == null
                    && db.AgentRoles.Any(role => role.ScenarioId == episode.ScenarioId && role.Name == a.Role && role.IsDirector)
                )
            select episode.Id;
        // A timeline waits for one thing, so that no episode is in two of them.
        return decisions.Concat(turns).Concat(choices);
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
