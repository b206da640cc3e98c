using System.Globalization;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering.Links;
using Republic.Core.Answering.Traces;
using Republic.Core.Knowledge;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Answering.Stages;

/// <summary>Finds the passages that an answer is made from.</summary>
internal sealed class KnowledgeStage(LinkedCollections links, KnowledgeSearch search, TimeProvider time, ILogger<KnowledgeStage> log)
{
    // More than are given: those below the threshold fall out.
    private const int SearchedFor = 4;

    /// <summary>The collections that the answer may look into.</summary>
    public Task<IReadOnlyList<LinkedCollection>> CollectionsAsync(PipelineOrder order, CancellationToken ct) => links.ForAsync(order, ct);

    public async Task<FoundPassages> FindAsync(PipelineOrder order, IReadOnlyList<LinkedCollection> collections, CancellationToken ct)
    {
        if (!order.Pipeline.Knowledge)
        {
            return FoundPassages.None(StageStatus.Skipped, "Switched off.");
        }

        if (collections.Count == 0)
        {
            return HelpResult.Of(order) is { } help
                ? new FoundPassages(
                    new StageTrace(StageName.Knowledge, StageStatus.Done) { Query = help.Query },
                    ContextBudget.For(order).Fit(help.Passages)
                )
                : FoundPassages.None(StageStatus.Skipped, "No collection is linked.");
        }

        var lookUp = order.Call.Query is { } query
            ? new QueryPlanner([query])
            : QueryPlanner.Of(order.Turns, order.Name, KnowledgeSearch.MaxQuery);
        if (lookUp.Queries.Count == 0)
        {
            return FoundPassages.None(StageStatus.Skipped, lookUp.Reason!);
        }

        var started = time.GetTimestamp();
        try
        {
            var found = await SearchAsync(order, collections, lookUp, ct);
            return found with { Stage = found.Stage with { DurationMs = time.GetElapsedTime(started).TotalMilliseconds } };
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogError(e, "Searching the collections of {Minion} failed", order.Minion.Id);
            return FoundPassages.None(StageStatus.Failed, "The search failed inside Republic. The log has the details.");
        }
    }

    private async Task<FoundPassages> SearchAsync(
        PipelineOrder order,
        IReadOnlyList<LinkedCollection> collections,
        QueryPlanner lookUp,
        CancellationToken ct
    )
    {
        var byId = collections.ToDictionary(collection => collection.Id);
        var most = collections.Max(collection => collection.Retrieval.Limit);
        var best = 0.0;
        List<RouteAttempt> asked = [];
        string? trouble = null;
        foreach (var query in lookUp.Queries)
        {
            var answer = await search.SearchAsync(
                order.Minion.OwnerId,
                [.. byId.Keys],
                query,
                Math.Min(KnowledgeSearch.MaxHits, most * SearchedFor),
                ct
            );
            if (!answer.Ok)
            {
                return FoundPassages.None(StageStatus.Failed, answer.Failure.Message);
            }

            asked.AddRange(answer.Value.Asked);
            trouble ??= answer.Value.Trouble;
            var good = SelectedHits
                .Of(answer.Value.Hits, id => byId[id].Retrieval)
                .Select(Cited)
                .Concat(HelpResult.Find(order, query))
                .OrderByDescending(passage => passage.Score)
                .Take(most)
                .ToList();
            if (good.Count > 0)
            {
                var stage = new StageTrace(StageName.Knowledge, StageStatus.Done, trouble) { Query = query };
                return new FoundPassages(stage.AskedOf(asked), ContextBudget.For(order).Fit(good));
            }

            best = Math.Max(best, answer.Value.Hits.Select(hit => hit.Score).DefaultIfEmpty(0).Max());
        }

        var reason =
            best == 0
                ? $"Nothing was found in {Names(collections)}."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Nothing in {Names(collections)} scored high enough: the best {best:0.00}, the least asked for {collections.Min(c => c.Retrieval.Threshold):0.00}."
                );
        return new FoundPassages(
            new StageTrace(StageName.Knowledge, StageStatus.Done, trouble is null ? reason : $"{reason} {trouble}")
            {
                Query = lookUp.Queries[^1],
            }.AskedOf(asked),
            [],
            IsUnknown: true
        );
    }

    private static CitedPassage Cited(PassageHit hit) =>
        new(0, hit.CollectionId, hit.DocumentId, hit.PassageId, hit.Document, hit.Text, hit.Score)
        {
            Heading = hit.Heading,
            Page = hit.Page,
        };

    /// <summary>“Ops handbook” and “Manuals”.</summary>
    public static string Names(IReadOnlyList<LinkedCollection> collections)
    {
        var names = collections.Take(3).Select(collection => $"“{collection.Name}”").ToList();
        if (collections.Count > names.Count)
        {
            names.Add($"{collections.Count - names.Count} more");
        }

        return names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }
}
