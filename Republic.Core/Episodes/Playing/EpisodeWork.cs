using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Events;
using Republic.Core.Jobs;

namespace Republic.Core.Episodes.Playing;

/// <summary>
/// Has the minions of a timeline act, one step after the other, until it waits for a person or is over. Who is to act stands in the journal before
/// anybody is asked; a start that finds a step half done asks once more, with the same key.
/// </summary>
internal sealed class EpisodeWork(
    EpisodeResumer waiting,
    EpisodeMachines machines,
    StepPlay play,
    JobFence fence,
    TimelineServices services,
    EpisodeWorkServices tools
) : IJobWork
{
    public const string KindOfJob = "episode";

    private IReadOnlyList<Guid> audience = [];

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        var next = await ReadAsync(run, ct);
        while (next is not null)
        {
            run.Report(0, $"Step {next.State.Turn + 1}");
            if (next.State.Phase == EpisodePhase.Judging)
            {
                next = await SaveAsync(run, next, await play.JudgeAsync(next, ct), played: null, ct);
            }
            else if (next.Row is { } step && await play.ActAsync(run, next, step, ct) is { } played)
            {
                next = await SaveAsync(run, next, played.Event, played, ct);
            }
            else
            {
                next = await ReadAsync(run, ct);
            }
        }

        return JobResult.Nothing;
    }

    /// <summary>What the database says is next; null where this job has nothing more to do.</summary>
    private async Task<NextStep?> ReadAsync(JobRun run, CancellationToken ct)
    {
        await using var db = await tools.Databases.CreateDbContextAsync(ct);
        var timeline = await db.Timelines.AsNoTracking().SingleOrDefaultAsync(t => t.Id == run.Job.Subject, ct);
        if (timeline is null || timeline.JobId != run.Job.Id || timeline.State.Ask is not { } ask)
        {
            return null;
        }

        var episode = await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == timeline.EpisodeId, ct);
        var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, ct);
        audience = await db.EpisodeAudienceAsync(episode.Id, episode.OwnerId, ct);
        var step = await db
            .Steps.AsNoTracking()
            .SingleOrDefaultAsync(s => s.TimelineId == timeline.Id && s.Seq == ask && s.DoneSeq == null, ct);
        if (step is { State: not (TurnState.Pending or TurnState.Complete) })
        {
            // An earlier start died over it.
            var id = step.Id;
            await fence.WriteAsync(run, async (held, end) => step = await RestartAsync(held, id, end), ct);
        }

        return new NextStep(episode, timeline, machine, step);
    }

    /// <summary>A step that was interrupted goes on behind the calls that it made, which are not made again, and says the rest anew.</summary>
    private static async Task<Step> RestartAsync(RepublicDb db, Guid id, CancellationToken ct)
    {
        var step = await db.Steps.SingleAsync(s => s.Id == id, ct);
        var calls = db.ToolCalls.Where(c => c.StepId == id);
        if (await calls.ExecuteUpdateAsync(set => set.SetProperty(c => c.Offset, 0), ct) > 0)
        {
            step.RestartBehindCalls();
        }
        else
        {
            step.Restart();
        }

        await db.DeletePiecesAsync<Step>(id, ct);
        await db.SaveChangesAsync(ct);
        return step;
    }

    /// <summary>What came of the step, what follows from it, and the next step: saved at once, or not at all.</summary>
    /// <returns>The next step; null where this job has nothing more to do.</returns>
    private async Task<NextStep?> SaveAsync(JobRun run, NextStep now, EpisodeEvent happened, PlayedStep? played, CancellationToken ct)
    {
        TimelineChange? change = null;
        var (isApplied, isOvertaken) = (false, false);
        try
        {
            await fence.WriteAsync(
                run,
                async (db, end) =>
                {
                    await JobFence.ForgiveAsync(db, run, end);
                    change = null;
                    if (await db.LockTimelineAsync(run.Job.Subject, end) is not var (episode, timeline))
                    {
                        return;
                    }

                    isOvertaken = timeline.Seq != now.Timeline.Seq;
                    change = new TimelineChange(db, episode, timeline, now.Machine, services, tools.Time.GetUtcNow())
                    {
                        Played = played,
                        BeginsNext = true,
                    };
                    isApplied = await change.ApplyAsync(happened, end) is null;
                    if (
                        played is { Written: { } written }
                        && !(isApplied && happened is EpisodeEvent.StepDone or EpisodeEvent.CallsAwaited)
                    )
                    {
                        // Where it is refused, the step was closed by what happened meanwhile; what it took is saved all the same.
                        await db.EndTurnAsync<Step>(played.Step.Id, written.Text, written.Receipt, played.Keep, end);
                        await db.ExpireToolCallsAsync([played.Step.Id], end);
                    }
                },
                ct
            );
        }
        catch when (played is { Written: not null })
        {
            await tools.Turns.KeepAsync(played.Step.Id, played.Written);
            throw;
        }

        return change is null ? null : await FollowAsync(run, change, isApplied, isOvertaken, ct);
    }

    /// <param name="isOvertaken">Others changed the timeline before it.</param>
    private async Task<NextStep?> FollowAsync(JobRun run, TimelineChange saved, bool isApplied, bool isOvertaken, CancellationToken ct)
    {
        if (isOvertaken)
        {
            await using var db = await tools.Databases.CreateDbContextAsync(ct);
            audience = await db.EpisodeAudienceAsync(saved.Episode.Id, saved.Episode.OwnerId, ct);
        }

        play.Follow(saved);
        await services.CommittedAsync(saved);
        // Where a minion is asked next, nobody was waited for and nobody is: counts of what waits need not be asked for.
        tools.Publish(saved.State.IsAsking ? EpisodeChanges.Working : EpisodeChanges.Changed, saved.Episode.Id, audience);
        if (isApplied && saved is { State.Phase: EpisodePhase.Deciding, Played: { } asking })
        {
            waiting.Begin(asking.Step.Id);
        }

        return !isApplied ? await ReadAsync(run, ct)
            : saved.Timeline.JobId == run.Job.Id && saved.State.IsAsking
                ? new NextStep(saved.Episode, saved.Timeline, saved.Machine, saved.Asked)
            : null;
    }
}
