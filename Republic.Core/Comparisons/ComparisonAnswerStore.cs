using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Comparisons;

/// <summary>
/// Every change of an answer's state while it is written. Each names the state that it may follow, so that what a person stopped meanwhile
/// stays stopped; a start of the job that was overtaken is refused by the fence.
/// </summary>
internal sealed class ComparisonAnswerStore(JobFence fence, TimeProvider time)
{
    public const string Interrupted =
        "It was interrupted: the process that asked for it ended. It is not asked, or paid for, again until you say so.";
    public const string Stopped = "You stopped it.";

    /// <summary>Answers that an earlier start began and did not end.</summary>
    public Task InterruptAsync(JobRun run, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return fence.WriteAsync(
            run,
            async (db, end) =>
                await db
                    .ComparisonAnswers.Where(a => a.ComparisonId == run.Job.Subject && a.State == AnswerState.Streaming)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(a => a.State, AnswerState.Failed)
                                .SetProperty(a => a.Error, Interrupted)
                                .SetProperty(a => a.EndedAt, now),
                        end
                    ),
            ct
        );
    }

    /// <summary>False where it is not waiting any more.</summary>
    public async Task<bool> BeginAsync(JobRun run, int position, CancellationToken ct)
    {
        var (now, begun) = (time.GetUtcNow(), 0);
        await fence.WriteAsync(
            run,
            async (db, end) =>
            {
                await JobFence.ForgiveAsync(db, run, end);
                begun = await Answer(db, run, position, AnswerState.Pending)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(a => a.State, AnswerState.Streaming).SetProperty(a => a.StartedAt, now),
                        end
                    );
            },
            ct
        );
        return begun == 1;
    }

    public Task GrowAsync(JobRun run, int position, string text, CancellationToken ct) =>
        fence.WriteAsync(
            run,
            async (db, end) =>
                await Answer(db, run, position, AnswerState.Streaming).ExecuteUpdateAsync(set => set.SetProperty(a => a.Text, text), end),
            ct
        );

    public Task EndAsync(JobRun run, int position, string text, AnswerReceipt receipt, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var state = receipt.End == AnswerEnd.Complete ? AnswerState.Complete : AnswerState.Failed;
        return fence.WriteAsync(
            run,
            async (db, end) =>
                await Answer(db, run, position, AnswerState.Streaming)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(a => a.State, state)
                                .SetProperty(a => a.Text, text)
                                .SetProperty(a => a.Error, receipt.Error)
                                .SetProperty(a => a.Provider, receipt.Provider)
                                .SetProperty(a => a.Model, receipt.Model)
                                .SetProperty(a => a.PromptTokens, receipt.PromptTokens)
                                .SetProperty(a => a.CompletionTokens, receipt.CompletionTokens)
                                .SetProperty(a => a.Cost, receipt.Cost)
                                .SetProperty(a => a.FirstTokenMs, receipt.FirstTokenMs)
                                .SetProperty(a => a.DurationMs, receipt.DurationMs)
                                .SetProperty(a => a.EndedAt, now),
                        end
                    ),
            ct
        );
    }

    private static IQueryable<ComparisonAnswer> Answer(RepublicDb db, JobRun run, int position, AnswerState state) =>
        db.ComparisonAnswers.Where(a => a.ComparisonId == run.Job.Subject && a.Position == position && a.State == state);
}
