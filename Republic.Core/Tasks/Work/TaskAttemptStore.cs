using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Tasks.Work;

/// <summary>
/// Writes an attempt while its minion is at work. Each write names the state that it may follow, so that what was stopped meanwhile stays
/// stopped; a start of the job that was overtaken is refused by the fence.
/// </summary>
internal sealed class TaskAttemptStore(IDbContextFactory<RepublicDb> databases, JobFence fence, TimeProvider time)
{
    public async Task<TaskAttempt?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.TaskAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
    }

    /// <summary>False where it is not waiting any more.</summary>
    public async Task<bool> BeginAsync(JobRun run, string phase, CancellationToken ct)
    {
        var (now, begun) = (time.GetUtcNow(), 0);
        await fence.WriteAsync(
            run,
            async (db, end) =>
            {
                await JobFence.ForgiveAsync(db, run, end);
                begun = await db
                    .TaskAttempts.Where(a => a.Id == run.Job.Subject && a.State == TaskAttemptState.Pending)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(a => a.State, TaskAttemptState.Working)
                                .SetProperty(a => a.Phase, phase)
                                .SetProperty(a => a.StartedAt, now),
                        end
                    );
            },
            ct
        );
        return begun == 1;
    }

    /// <summary>Keeps that the minion gets the request as it stands.</summary>
    public Task MarkBareAsync(JobRun run, CancellationToken ct) =>
        fence.WriteAsync(
            run,
            (db, end) =>
                db
                    .TaskAttempts.Where(a => a.Id == run.Job.Subject && a.State == TaskAttemptState.Working)
                    .ExecuteUpdateAsync(set => set.SetProperty(a => a.BareRequest, true), end),
            ct
        );

    /// <returns>False where its minion was deleted or paused meanwhile.</returns>
    public async Task<bool> GrowAsync(JobRun run, TaskProgress progress, CancellationToken ct)
    {
        var isThere = true;
        await fence.WriteAsync(
            run,
            async (db, end) =>
            {
                var attempt = await db.TaskAttempts.SingleOrDefaultAsync(
                    a => a.Id == run.Job.Subject && a.State == TaskAttemptState.Working,
                    end
                );
                if (attempt is null)
                {
                    // Stopped: the heartbeat of the job will say so in a moment.
                    return;
                }

                isThere = await db.Minions.AnyAsync(m => m.Id == attempt.MinionId && m.DeletedAt == null && m.Citizen.IsActive, end);
                (attempt.Text, attempt.Phase, attempt.Trace) = (progress.Text.ToString(), progress.Phase, progress.Trace);
                await db.SaveChangesAsync(end);
            },
            ct
        );
        return isThere;
    }

    /// <summary>What work that was cancelled has taken: it was paid for all the same.</summary>
    public async Task CutAsync(Guid id, TaskProgress progress, CancellationToken ct)
    {
        if (progress.Cut is not { } receipt)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        await db
            .TaskAttempts.Where(a =>
                a.Id == id && a.Cost == null && a.State != TaskAttemptState.HandedIn && a.State != TaskAttemptState.Waiting
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.Text, progress.Text.ToString())
                        .SetProperty(a => a.Provider, receipt.Provider)
                        .SetProperty(a => a.Model, receipt.Model)
                        .SetProperty(a => a.PromptTokens, receipt.PromptTokens)
                        .SetProperty(a => a.CompletionTokens, receipt.CompletionTokens)
                        .SetProperty(a => a.Cost, receipt.Cost),
                ct
            );
    }

    public static void Fill(TaskAttempt attempt, AnswerReceipt receipt)
    {
        (attempt.Provider, attempt.Model, attempt.Cost) = (receipt.Provider, receipt.Model, receipt.Cost);
        (attempt.PromptTokens, attempt.CompletionTokens) = (receipt.PromptTokens, receipt.CompletionTokens);
        (attempt.Route, attempt.Trace) = (receipt.Route, receipt.Trace);
    }
}
