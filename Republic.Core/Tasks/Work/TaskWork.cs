using Republic.Core.Answering;
using Republic.Core.Events;
using Republic.Core.Jobs;

namespace Republic.Core.Tasks.Work;

/// <summary>
/// One attempt of a minion at its task. It is marked as begun before the minion is asked: what a start that died had begun is not asked, and
/// paid for, again unasked.
/// </summary>
internal sealed class TaskWork(
    TaskAttemptStore attempts,
    TaskLoader loader,
    TaskAsker asker,
    TaskEnds ends,
    LiveEvents live,
    TimeProvider time
) : IJobWork
{
    public const string KindOfJob = "task";

    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        if (await attempts.FindAsync(run.Job.Subject, ct) is not { } attempt)
        {
            return Failure.NotFound("attempt");
        }

        if (attempt.State == TaskAttemptState.Working)
        {
            return ends.Interrupted(attempt);
        }

        var progress = new TaskProgress();
        if (!attempt.IsActive || !await attempts.BeginAsync(run, progress.Phase, ct))
        {
            return TaskEnds.Nothing;
        }

        Tell(attempt);
        var order = await loader.LoadAsync(attempt, () => TellProbingAsync(run, attempt, progress, ct), ct);
        if (!order.Ok)
        {
            return ends.Of(attempt, new AnswerReceipt(AnswerEnd.Stopped, order.Failure.Message) { Cost = 0 }, "");
        }

        if (order.Value.Prompt.IsBare)
        {
            await attempts.MarkBareAsync(run, ct);
        }

        progress.Phase = order.Value.Read;
        try
        {
            var receipt = await AskAsync(run, order.Value, progress, ct);
            return ends.Of(attempt, receipt, progress.Text.ToString()) with { Refused = end => KeepAsync(attempt, progress, receipt, end) };
        }
        catch (OperationCanceledException)
        {
            await KeepAsync(attempt, progress, progress.Cut, CancellationToken.None);
            throw;
        }
    }

    private async Task KeepAsync(TaskAttempt attempt, TaskProgress progress, AnswerReceipt? receipt, CancellationToken ct)
    {
        progress.Cut = receipt;
        await attempts.CutAsync(attempt.Id, progress, ct);
        Tell(attempt);
    }

    private async Task TellProbingAsync(JobRun run, TaskAttempt attempt, TaskProgress progress, CancellationToken ct)
    {
        progress.Phase = "Gives its model three short tasks, once";
        await attempts.GrowAsync(run, progress, ct);
        Tell(attempt);
    }

    /// <summary>Asks while another saves what comes, and looks whether the minion is still there.</summary>
    private async Task<AnswerReceipt> AskAsync(JobRun run, TaskOrder order, TaskProgress progress, CancellationToken ct)
    {
        using var call = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var saving = SaveAsync(run, order.Attempt, progress, call);
        try
        {
            return await asker.AskAsync(order, progress, call.Token);
        }
        catch (OperationCanceledException) when (progress.Halt is not null && !ct.IsCancellationRequested)
        {
            return (progress.Cut ?? new AnswerReceipt(AnswerEnd.Stopped, null) { Cost = 0 }) with { Error = progress.Halt };
        }
        finally
        {
            await call.CancelAsync();
            await saving;
        }
    }

    /// <summary>Ends with the call, or ends it: where the minion is gone, where another start has the job, and where nothing can be saved.</summary>
    private async Task SaveAsync(JobRun run, TaskAttempt attempt, TaskProgress progress, CancellationTokenSource call)
    {
        using var timer = new PeriodicTimer(SaveEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(call.Token))
            {
                run.Report(0, progress.Phase);
                if (!await attempts.GrowAsync(run, progress, call.Token))
                {
                    progress.Halt =
                        "Its minion was deleted or paused. Give the task to another one, or bring the minion back and start it again.";
                    return;
                }

                Tell(attempt);
            }
        }
        catch (OperationCanceledException e) when (e is not JobOvertakenException && call.IsCancellationRequested)
        {
            // The answer is there, or the work was cancelled.
        }
        finally
        {
            await call.CancelAsync();
        }
    }

    private void Tell(TaskAttempt attempt) => live.Publish(attempt.OwnerId, new LiveEvent(TaskStarts.Working, attempt.TaskId, null));
}
