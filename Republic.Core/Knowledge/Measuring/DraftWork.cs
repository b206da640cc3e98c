using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>Has a minion's model write questions about passages. Each is saved as it comes, so that a start that died loses one at most.</summary>
internal sealed class DraftWork(
    IDbContextFactory<RepublicDb> databases,
    MinionTargets targets,
    JobFence fence,
    RetrievalMeasure measure,
    TimeProvider time
) : IJobWork
{
    public const string KindOfJob = "questions";

    /// <summary>A question is short, but some models think first.</summary>
    private const int MostTokens = 2048;

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        var order = DraftOrder.Of(run.Job.Input!);
        await using var db = await databases.CreateDbContextAsync(ct);
        if (
            await db.Minions.Live().OwnedBy(run.Job.OwnerId).AsNoTracking().SingleOrDefaultAsync(m => m.Id == order.Minion, ct)
            is not { } minion
        )
        {
            return Failure.Conflict("The minion was deleted meanwhile. Choose another.");
        }

        var found = await targets.ClientAsync(minion, CallPurpose.Knowledge, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        using var client = found.Value;

        var drafted = await db.GoldenQuestions.CountAsync(
            q => q.CollectionId == run.Job.Subject && q.DraftedBy == order.Minion && q.CreatedAt >= run.Job.CreatedAt,
            ct
        );
        var places = await DraftPlaces.ChooseAsync(db, run.Job.OwnerId, run.Job.Subject, order.Count - drafted, ct);
        var written = drafted;
        var unused = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (document, passage) in places)
        {
            Report($"{minion.Citizen.DisplayName} writes question {written + 1} of {order.Count}");
            try
            {
                var fault = await DraftAsync(run, client, minion.Id, document, passage, ct);
                written += fault is null ? 1 : 0;
                if (fault is not null)
                {
                    unused[fault] = unused.GetValueOrDefault(fault) + 1;
                }
            }
            catch (ProviderException e)
            {
                return Failure.Upstream(written == 0 ? e.Message : $"{written} of {order.Count} questions are written. {e.Message}");
            }
        }

        Report("Written");
        if (written == 0)
        {
            return Nothing(minion, places.Count, unused.Keys);
        }

        var cause = MeasureCause.Drafted(minion.Citizen.DisplayName, written, run.Job.Id);
        await measure.StartAsync(run.Job.OwnerId, run.Job.Subject, cause, ct);
        return JobResult.Nothing;

        void Report(string phase) =>
            run.Report((double)written / order.Count, phase, new DraftReport(order.Count, written, unused).ToJson());
    }

    private static Failure Nothing(Minion minion, int passages, IEnumerable<string> faults) =>
        Failure.Conflict(
            passages == 0
                ? "Every passage that is long enough has a question already."
                : $"{minion.Citizen.DisplayName} wrote nothing that can be read as a question: {string.Join(", ", faults.Select(why => $"what it replied {why}"))}. Choose another minion, or write them yourself."
        );

    /// <returns>Why the reply was not taken; null where it was.</returns>
    private async Task<string?> DraftAsync(
        JobRun run,
        IChatClient client,
        Guid minion,
        string document,
        Passage passage,
        CancellationToken ct
    )
    {
        var (draft, fault) = await AskAsync(client, document, passage, ct);
        if (draft is null || await IsThereAsync(run.Job.Subject, draft.Question!, ct))
        {
            return fault ?? "asked what another question asks";
        }

        var now = time.GetUtcNow();
        await fence.WriteAsync(
            run,
            async (db, end) =>
            {
                await JobFence.ForgiveAsync(db, run, end);
                db.GoldenQuestions.Add(
                    new GoldenQuestion
                    {
                        OwnerId = run.Job.OwnerId,
                        CollectionId = run.Job.Subject,
                        Text = draft.Question!,
                        Answer = draft.Answer,
                        DocumentId = passage.DocumentId,
                        Start = passage.Start,
                        Length = passage.Length,
                        DraftedBy = minion,
                        CreatedAt = now,
                        UpdatedAt = now,
                    }
                );
                await db.SaveChangesAsync(end);
            },
            ct
        );
        return null;
    }

    /// <summary>The same words can have one right passage only.</summary>
    private async Task<bool> IsThereAsync(Guid collection, string question, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var there = await db.GoldenQuestions.Where(q => q.CollectionId == collection).Select(q => q.Text).ToListAsync(ct);
        return there.Contains(question, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Its character stays out: a question is wanted, and no performance.</summary>
    private static async Task<(DraftPrompt.Draft? Draft, string? Fault)> AskAsync(
        IChatClient client,
        string document,
        Passage passage,
        CancellationToken ct
    )
    {
        var options = new ChatOptions
        {
            Instructions = DraftPrompt.Instructions,
            MaxOutputTokens = MostTokens,
            ResponseFormat = DraftPrompt.Format,
        };
        var answer = await client.GetResponseAsync([new ChatMessage(ChatRole.User, DraftPrompt.Ask(document, passage))], options, ct);
        return DraftPrompt.Read(answer.Text);
    }
}
