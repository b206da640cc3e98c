using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Comparisons;

/// <summary>
/// Asks the candidates of a comparison that wait, one after the other, so that none is slowed by another. What a start that died had begun
/// is not asked again unasked, and what waited goes on.
/// </summary>
internal sealed class ComparisonWork(
    IDbContextFactory<RepublicDb> databases,
    JobTurnWriter<ComparisonAnswer> turns,
    JobFence fence,
    IServiceProvider services
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

        await fence.WriteAsync(
            run,
            (held, end) =>
                held.CloseTurnsAsync(
                    held.ComparisonAnswers.Where(a => a.ComparisonId == comparison.Id && a.State == TurnState.Streaming),
                    TurnState.Interrupted,
                    TurnCancellation.Interrupted,
                    end
                ),
            ct
        );
        var waiting = comparison.Answers.FindAll(answer => answer.State == TurnState.Pending);
        for (var i = 0; i < waiting.Count; i++)
        {
            run.Report((double)i / waiting.Count, $"Answer {i + 1} of {waiting.Count}");
            await AskAsync(run, comparison, waiting[i], ct);
        }

        return JobResult.Nothing;
    }

    private async Task AskAsync(JobRun run, Comparison comparison, ComparisonAnswer answer, CancellationToken ct)
    {
        var sink = ActivatorUtilities.CreateInstance<ComparisonSink>(services, comparison, answer);
        if (await turns.WriteAsync(run, answer.Id, sink, ct) is { } written)
        {
            await turns.EndAsync(run, answer.Id, written, ct);
            sink.Saved();
        }
    }
}
