using Republic.Core.Datasets.Versions;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Providers.Routing;
using Republic.Core.Training.Gate;

namespace Republic.Core.Training.Measuring;

/// <summary>Asks the built-in embedding model which answers, and which questions, say the same in other words. Nothing of them is stored.</summary>
internal sealed class AnswerMeaning(BuiltInEmbedding builtIn, EmbeddingRoutes routes, TextEmbedder embedder)
{
    /// <summary>
    /// The least cosine of two questions that ask the same. Of some 30,000 pairs of a question that is measured with and one of a row, six were as
    /// near, and all six ask the same; the next ones, from 0.78 down, are neighbours.
    /// </summary>
    private const double SameQuestion = 0.8;

    /// <summary>Rows that are compared with: more take longer than they tell.</summary>
    private const int MostRows = 1000;

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

    /// <returns>The questions that one of the rows asks in other words, with that of the row; none where the model could not be asked.</returns>
    public async Task<IReadOnlyDictionary<string, string>> AskedByRowsAsync(
        StepRun run,
        IEnumerable<string> questions,
        IEnumerable<string> rows,
        CancellationToken ct
    )
    {
        if (builtIn.Default is not { } model)
        {
            return new Dictionary<string, string>();
        }

        var same = await AskedByRowsAsync(run.Job.OwnerId, model, questions, rows, ct);
        if (same.Ok)
        {
            return same.Value;
        }

        await run.LogAsync(
            $"Questions that the rows ask in other words are measured with, for the embedding model could not be asked. {same.Failure.Message}",
            ct
        );
        return new Dictionary<string, string>();
    }

    internal async Task<Outcome<IReadOnlyDictionary<string, string>>> AskedByRowsAsync(
        Guid owner,
        EmbeddingModel model,
        IEnumerable<string> questions,
        IEnumerable<string> rows,
        CancellationToken ct
    )
    {
        List<string> asked = [.. questions.Distinct(StringComparer.Ordinal)];
        List<string> learned = [.. rows.Distinct(StringComparer.Ordinal).Take(MostRows)];
        var made = await VectorsAsync(owner, model, [.. asked, .. learned], ct);
        if (!made.Ok)
        {
            return made.Failure;
        }

        var same = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (question, vector) in asked.Zip(made.Value))
        {
            var nearest = learned
                .Zip(made.Value.Skip(asked.Count), (row, other) => (Row: row, Likeness: SemanticOverlap.Cosine(vector, other)))
                .DefaultIfEmpty()
                .MaxBy(row => row.Likeness);
            if (nearest.Likeness >= SameQuestion)
            {
                same[question] = nearest.Row;
            }
        }

        return Outcome<IReadOnlyDictionary<string, string>>.Of(same);
    }

    /// <returns>As <see cref="SemanticOverlap"/>; null also where the model could not be asked, and the log says why.</returns>
    public async Task<ConfidenceInterval?> OverlapAsync(StepRun run, IReadOnlyList<SampleRow> rows, CancellationToken ct)
    {
        if (builtIn.Default is not { } model)
        {
            return null;
        }

        var overlap = await OverlapAsync(run.Job.OwnerId, model, rows, (int)run.Config.Lora.Seed, ct);
        if (overlap.Ok)
        {
            return overlap.Value;
        }

        await run.LogAsync(
            $"Whether the rows' answers are about what they are asked is told by their words alone, for the embedding model could not be asked. {overlap.Failure.Message}",
            ct
        );
        return null;
    }

    internal async Task<Outcome<ConfidenceInterval?>> OverlapAsync(
        Guid owner,
        EmbeddingModel model,
        IReadOnlyList<SampleRow> rows,
        int seed,
        CancellationToken ct
    )
    {
        List<string> texts =
        [
            .. rows.Select(QuestionOverlap.Question).Concat(rows.Select(QuestionOverlap.Answer)).Distinct(StringComparer.Ordinal),
        ];
        var made = await VectorsAsync(owner, model, texts, ct);
        return made.Ok
            ? Outcome<ConfidenceInterval?>.Of(
                SemanticOverlap.IntervalOf(
                    rows,
                    texts.Zip(made.Value).ToDictionary(text => text.First, text => text.Second, StringComparer.Ordinal),
                    seed
                )
            )
            : made.Failure;
    }

    private async Task<Outcome<float[][]>> VectorsAsync(Guid owner, EmbeddingModel model, IReadOnlyList<string> texts, CancellationToken ct)
    {
        var found = await routes.FindAsync(owner, model, ct);
        return found.Ok
            ? await embedder.QuestionsAsync(
                found.Value with
                {
                    Route = found.Value.Route with { Purpose = CallPurpose.Training, Patience = Patience },
                },
                texts,
                ct
            )
            : found.Failure;
    }

    internal async Task<Outcome<IReadOnlySet<AnswerPair>>> SameAsync(
        Guid owner,
        EmbeddingModel model,
        IEnumerable<AnswerPair> pairs,
        CancellationToken ct
    )
    {
        List<AnswerPair> asked = [.. pairs.Where(pair => SameMeaning.MayBe(pair.Before, pair.After))];
        List<string> texts = [.. asked.SelectMany(pair => new[] { pair.Before, pair.After }).Distinct(StringComparer.Ordinal)];
        var made = await VectorsAsync(owner, model, texts, ct);
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
