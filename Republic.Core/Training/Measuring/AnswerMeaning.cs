using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Training.Measuring;

/// <summary>Asks the built-in embedding model which answers say the same in other words. Nothing of them is stored.</summary>
internal sealed class AnswerMeaning(BuiltInEmbedding builtIn, EmbeddingWays ways, TextEmbedder embedder)
{
    /// <summary>A call takes seconds; a model that does not answer keeps no run from its verdict.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>The pairs that mean the same; null where words alone have to tell, and the log says why.</returns>
    public async Task<IReadOnlySet<AnswerPair>?> SameAsync(StepRun run, IEnumerable<AnswerPair> pairs, CancellationToken ct)
    {
        if (builtIn.Default is not { } model)
        {
            return null;
        }

        var same = await SameAsync(run.Job.OwnerId, model, pairs, ct);
        if (same.Ok)
        {
            return same.Value;
        }

        await run.LogAsync(
            $"Answers are compared by their words alone, for the embedding model could not be asked. {same.Failure.Message}",
            ct
        );
        return null;
    }

    internal async Task<Outcome<IReadOnlySet<AnswerPair>>> SameAsync(
        Guid owner,
        EmbeddingModel model,
        IEnumerable<AnswerPair> pairs,
        CancellationToken ct
    )
    {
        List<AnswerPair> asked = [.. pairs.Where(pair => SameMeaning.MayBe(pair.Before, pair.After))];
        var found = await ways.FindAsync(owner, model, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var way = found.Value with { Route = found.Value.Route with { Purpose = CallPurpose.Training, Patience = Patience } };
        List<string> texts = [.. asked.SelectMany(pair => new[] { pair.Before, pair.After }).Distinct(StringComparer.Ordinal)];
        var made = await embedder.QuestionsAsync(way, texts, ct);
        if (!made.Ok)
        {
            return made.Failure;
        }

        var vectors = texts.Zip(made.Value).ToDictionary(text => text.First, text => text.Second, StringComparer.Ordinal);
        return Outcome<IReadOnlySet<AnswerPair>>.Of(
            asked.Where(pair => SameMeaning.Is(pair.Before, pair.After, vectors[pair.Before], vectors[pair.After])).ToHashSet()
        );
    }
}
