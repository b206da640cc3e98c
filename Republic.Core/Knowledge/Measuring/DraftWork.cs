using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>Has a minion's model write questions about passages. Each is saved as it comes, so that a start that died loses one at most.</summary>
internal sealed class DraftWork(
    IDbContextFactory<RepublicDb> databases,
    MinionModel models,
    ModelRouter router,
    JobFence fence,
    RetrievalMeasure measure,
    TimeProvider time
) : IJobWork
{
    public const string KindOfJob = "questions";

    /// <summary>A question is short, but some models think first.</summary>
    private const int MostTokens = 2048;

    public string Kind => KindOfJob;

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

        var route = await models.RouteAsync(minion, CallPurpose.Knowledge, ct);
        if (!route.Ok)
        {
            return route.Failure;
        }

        var drafted = await db.GoldenQuestions.CountAsync(
            q => q.CollectionId == run.Job.Subject && q.DraftedBy == order.Minion && q.CreatedAt >= run.Job.CreatedAt,
            ct
        );
        var places = await DraftPlaces.ChooseAsync(db, run.Job.OwnerId, run.Job.Subject, order.Count - drafted, ct);
        var written = drafted;
        foreach (var (document, passage) in places)
        {
            run.Report((double)written / order.Count, $"{minion.Citizen.DisplayName} writes question {written + 1} of {order.Count}");
            try
            {
                written += await DraftAsync(run, route.Value, minion.Id, document, passage, ct) ? 1 : 0;
            }
            catch (ProviderException e)
            {
                return Failure.Upstream(written == 0 ? e.Message : $"{written} of {order.Count} questions are written. {e.Message}");
            }
        }

        if (written == 0)
        {
            return Failure.Conflict(
                places.Count == 0
                    ? "Every passage that is long enough has a question already."
                    : $"{minion.Citizen.DisplayName} wrote nothing that can be read as a question. Choose another minion, or write them yourself."
            );
        }

        await measure.AfterChangeAsync(run.Job.OwnerId, run.Job.Subject, $"{minion.Citizen.DisplayName} drafted {written} questions", ct);
        return new JobResult((_, _) => Task.CompletedTask, () => { });
    }

    private async Task<bool> DraftAsync(JobRun run, ModelRoute route, Guid minion, string document, Passage passage, CancellationToken ct)
    {
        if (await AskAsync(route, document, passage, ct) is not { } draft)
        {
            return false;
        }

        var now = time.GetUtcNow();
        await fence.WriteAsync(
            run,
            async (db, end) =>
            {
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
        return true;
    }

    /// <summary>Its character stays out: a question is wanted, and no performance.</summary>
    private async Task<DraftPrompt.Draft?> AskAsync(ModelRoute route, string document, Passage passage, CancellationToken ct)
    {
        using var client = router.ChatClient(route);
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
