using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Answers;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Jobs;

namespace Republic.Core.Comparisons;

/// <summary>
/// Asks the candidates of a comparison that wait, one after the other, so that none is slowed by another. Each is marked as begun before
/// it is asked: what a start that died had begun is not asked again unasked, and what waited goes on.
/// </summary>
internal sealed class ComparisonWork(
    IDbContextFactory<RepublicDb> databases,
    CandidateWriter writer,
    ComparisonAnswerStore answers,
    LiveEvents live
) : IJobWork
{
    public const string KindOfJob = "comparison";
    public const string Changed = KindOfJob + ".changed";

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var comparison = await db
            .Comparisons.AsNoTracking()
            .Include(c => c.Answers.OrderBy(a => a.Position))
            .SingleOrDefaultAsync(c => c.Id == run.Job.Subject, ct);
        if (comparison is null)
        {
            return Failure.NotFound("comparison");
        }

        await answers.InterruptAsync(run, ct);
        var waiting = comparison.Answers.FindAll(answer => answer.State == AnswerState.Pending);
        for (var i = 0; i < waiting.Count; i++)
        {
            run.Report((double)i / waiting.Count, $"Answer {i + 1} of {waiting.Count}");
            await AskAsync(run, comparison, waiting[i], ct);
        }

        return new JobResult((_, _) => Task.CompletedTask, () => { });
    }

    private async Task AskAsync(JobRun run, Comparison comparison, ComparisonAnswer answer, CancellationToken ct)
    {
        if (!await answers.BeginAsync(run, answer.Position, ct))
        {
            return;
        }

        Publish();
        var text = new AnswerText();
        var receipt = await writer.WriteAsync(comparison, answer, text, SaveAsync, ct);
        await answers.EndAsync(run, answer.Position, text.ToString(), receipt, ct);
        Publish();

        async Task SaveAsync()
        {
            await answers.GrowAsync(run, answer.Position, text.ToString(), ct);
            Publish();
        }

        void Publish() => live.Publish(comparison.OwnerId, new LiveEvent(Changed, comparison.Id, null));
    }
}
