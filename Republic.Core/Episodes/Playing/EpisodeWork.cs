using Microsoft.EntityFrameworkCore;
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
    IDbContextFactory<RepublicDb> databases,
    EpisodeMachines machines,
    StepPlay play,
    JobFence fence,
    JobControl jobs,
    EpisodeWorkTools tools
) : IJobWork
{
    public const string KindOfJob = "episode";

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        while (await PresentAsync(run, ct) is var (timeline, machine, step))
        {
            run.Report(0, $"Step {timeline.State.Turn + 1}");
            if (timeline.State.Phase == EpisodePhase.Judging)
            {
                var judged = await play.JudgeAsync(timeline.Id, timeline.State, machine, ct);
                await SaveAsync(run, judged, played: null, ct);
            }
            else if (step is not null && await play.ActAsync(run, step, ct) is { } played)
            {
                await SaveAsync(run, played.Event, played, ct);
            }
        }

        return JobResult.Nothing;
    }

    /// <summary>Where the timeline is; null where this job has nothing more to do.</summary>
    private async Task<(Timeline Timeline, EpisodeMachine Machine, Step? Step)?> PresentAsync(JobRun run, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var timeline = await db.Timelines.AsNoTracking().SingleOrDefaultAsync(t => t.Id == run.Job.Subject, ct);
        if (timeline is null || timeline.JobId != run.Job.Id || timeline.State.Ask is not { } ask)
        {
            return null;
        }

        var episode = await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == timeline.EpisodeId, ct);
        var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, ct);
        var step = await db
            .Steps.AsNoTracking()
            .SingleOrDefaultAsync(s => s.TimelineId == timeline.Id && s.Seq == ask && s.DoneSeq == null, ct);
        if (step is { State: not (TurnState.Pending or TurnState.Complete) })
        {
            // An earlier start died over it.
            await fence.WriteAsync(run, (held, end) => RestartAsync(held, step.Id, end), ct);
            step.Restart();
        }

        return (timeline, machine, step);
    }

    private static async Task RestartAsync(RepublicDb db, Guid id, CancellationToken ct)
    {
        var step = await db.Steps.SingleAsync(s => s.Id == id, ct);
        step.Restart();
        await db.DeletePiecesAsync<Step>(id, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What came of the step, what follows from it, and the next step: saved at once, or not at all.</summary>
    private async Task SaveAsync(JobRun run, EpisodeEvent happened, PlayedStep? played, CancellationToken ct)
    {
        TimelineChange? change = null;
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

                    var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, end);
                    change = new TimelineChange(db, episode, timeline, machine, jobs, tools.Time.GetUtcNow());
                    // Where it is refused, the step was closed by what happened meanwhile; what it took is saved all the same.
                    _ = await change.ApplyAsync(happened, end);
                    if (played is { Written: { } written })
                    {
                        await db.EndTurnAsync<Step>(played.Step.Id, written.Text, written.Receipt, end);
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

        if (change is not null)
        {
            await tools.PublishAsync(change.Episode, ct);
        }
    }
}
