using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Casting;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Events;

namespace Republic.Core.Episodes.Control;

/// <summary>Changes timelines, one change of each after the other.</summary>
public sealed class EpisodeChanges(RepublicDb db, EpisodeMachines machines, TimelineServices services, LiveEvents live, TimeProvider time)
{
    /// <summary>The live event of an episode that is new, changed or gone.</summary>
    public const string Changed = "episode.changed";

    /// <summary>
    /// The live event of an episode whose minions are at work, each time that there is more to see and they go on: nobody begins or ceases to
    /// be waited for.
    /// </summary>
    public const string Working = "episode.work";

    /// <summary>The live event of a turn that has passed, for the person alone who did not act in time. Its data is the id of the step.</summary>
    public const string Missed = "episode.missed";

    /// <param name="timeline">Null for the one that is shown.</param>
    /// <param name="edit">Why it is refused; null where it is not. Nothing is saved where it is.</param>
    /// <returns>The id of the episode; not found where the person neither owns it nor plays in it, or plays and it is not the timeline that is shown.</returns>
    internal Task<Outcome<Guid>> ChangeAsync(
        Guid me,
        Guid id,
        Guid? timeline,
        Func<TimelineChange, Task<Failure?>> edit,
        CancellationToken ct
    ) => ChangeAsync(me, id, timeline, edit, _ => Task.CompletedTask, ct);

    /// <summary>Changes a timeline so that its episode starts or continues; refused where the person has too many under way.</summary>
    /// <inheritdoc cref="ChangeAsync(Guid, Guid, Guid?, Func{TimelineChange, Task{Failure}}, CancellationToken)"/>
    internal Task<Outcome<Guid>> ContinueAsync(
        Guid me,
        Guid id,
        Guid? timeline,
        Func<TimelineChange, Task<Failure?>> edit,
        CancellationToken ct
    ) =>
        ChangeAsync(
            me,
            id,
            timeline,
            async change =>
                change.State.IsPaused || change.State.Phase == EpisodePhase.Ready
                    ? await CastRules.CrowdAsync(change.Db, change.Timeline, me, ct) ?? await edit(change)
                    : await edit(change),
            _ => AdvisoryLocks.TakeAsync(db, me, AdvisoryLocks.Episodes, ct),
            ct
        );

    /// <param name="before">Takes the locks that come before the episode's.</param>
    /// <inheritdoc cref="ChangeAsync(Guid, Guid, Guid?, Func{TimelineChange, Task{Failure}}, CancellationToken)"/>
    internal async Task<Outcome<Guid>> ChangeAsync(
        Guid me,
        Guid id,
        Guid? timeline,
        Func<TimelineChange, Task<Failure?>> edit,
        Func<Guid, Task> before,
        CancellationToken ct
    )
    {
        var shown = await db.Episodes.VisibleTo(db, me).Where(e => e.Id == id).Select(e => (Guid?)e.TimelineId).SingleOrDefaultAsync(ct);
        if (shown is null)
        {
            return Failure.NotFound("episode");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await before(timeline ?? shown.Value);
        db.ChangeTracker.Clear();
        if (
            await db.LockTimelineAsync(timeline ?? shown.Value, ct) is not var (episode, row)
            || episode.Id != id
            || !episode.Shows(row.Id, me)
        )
        {
            return Failure.NotFound("timeline");
        }

        var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, ct);
        var change = new TimelineChange(db, episode, row, machine, services, time.GetUtcNow());
        if (await edit(change) is { } failure)
        {
            db.ChangeTracker.Clear();
            return failure;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await services.CommittedAsync(change);
        await PublishAsync(episode, ct);
        return id;
    }

    internal async Task PublishAsync(Episode episode, CancellationToken ct)
    {
        foreach (var person in await db.EpisodeAudienceAsync(episode.Id, episode.OwnerId, ct))
        {
            live.Publish(person, new LiveEvent(Changed, episode.Id, null));
        }
    }
}
