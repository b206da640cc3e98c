using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Vectors;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Knowledge.Retrieval;

/// <summary>Finds passages by what they mean: those whose vectors are nearest to the question's.</summary>
internal sealed class SemanticSearch(
    EmbeddingRoutes routes,
    TextEmbedder embedder,
    IVectorIndex index,
    IDbContextFactory<RepublicDb> databases
)
{
    /// <summary>Somebody waits for the answer, and words alone are better than nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal const string NoModel = "No embedding model was chosen.";

    /// <param name="known">The question's vector, where it was made before; null: it is made now, for each model.</param>
    public async Task<MeaningAnswer> FindAsync(
        IReadOnlyList<SearchScope> scopes,
        string question,
        int most,
        AskedModel? known,
        CancellationToken ct
    )
    {
        var started = Stopwatch.GetTimestamp();
        List<MeaningHit> hits = [];
        List<MeaningAnswer.Space> searched = [];
        List<string> problems = [];
        List<RouteAttempt> asking = [];
        foreach (var model in scopes.GroupBy(scope => scope.Embedding))
        {
            var asked = known is not null ? known : await AskAsync(scopes[0].Owner, model.Key, [question], Patience, asking.AddRange, ct);
            if (!asked.Ok)
            {
                problems.Add(About(scopes, model, asked.Failure.Message));
                continue;
            }

            foreach (var scope in model)
            {
                var space = new VectorSpace(scope.Owner, scope.Collection, asked.Value.Key);
                var found = await index.FindAsync(space, scope.State, asked.Value.Questions[0], most, ct);
                if (Problem(scope, found) is { } problem)
                {
                    problems.Add(About(scopes, [scope], problem));
                }

                if (found is { Ok: true, Value: { } answer })
                {
                    var near = BuiltInEmbedding.Is(model.Key)
                        ? answer with
                        {
                            Background = Math.Min(answer.Background, BuiltInEmbedding.MostBackground),
                        }
                        : answer;
                    searched.Add(new(space, asked.Value.Questions[0], near));
                    hits.AddRange(near.Hits.Select(hit => new MeaningHit(hit.Passage, hit.Similarity, near.Calibrated(hit.Similarity))));
                }
            }
        }

        return new MeaningAnswer(
            [
                .. hits.OrderByDescending(hit => hit.Calibrated)
                    .ThenByDescending(hit => hit.Similarity)
                    .ThenBy(hit => hit.Passage)
                    .Take(most),
            ],
            searched,
            problems.Count == 0 ? null : string.Join(' ', problems)
        )
        {
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            Asked = asking,
        };
    }

    /// <summary>How near certain passages are, that others found.</summary>
    public async Task<Dictionary<Guid, MeaningHit>> SimilaritiesAsync(MeaningAnswer answer, Guid[] passages, CancellationToken ct)
    {
        Dictionary<Guid, MeaningHit> similarities = [];
        if (answer.Searched.Count == 0 || passages.Length == 0)
        {
            return similarities;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var space in answer.Searched)
        {
            var (owner, collection, model) = space.Where;
            var vectors = await db
                .Passages.OwnedBy(owner)
                .Where(p => p.CollectionId == collection && passages.Contains(p.Id))
                .Join(
                    db.StoredVectors.Where(v => v.OwnerId == owner && v.Model == model),
                    p => p.Hash,
                    v => v.Hash,
                    (p, v) => new { p.Id, v.Values }
                )
                .ToListAsync(ct);
            foreach (var vector in vectors.Where(vector => vector.Values.Length == space.Question.Length * sizeof(float)))
            {
                var similarity = TensorPrimitives.Dot(MemoryMarshal.Cast<byte, float>(vector.Values), space.Question);
                similarities[vector.Id] = new MeaningHit(vector.Id, similarity, space.Answer.Calibrated(similarity));
            }
        }

        return similarities;
    }

    /// <summary>The vectors of questions, and the name that the model's vectors are kept under.</summary>
    /// <param name="patience">How long somebody waits for them; null: as long as it takes.</param>
    /// <param name="told">Hears who is asked, also where that fails.</param>
    public async Task<Outcome<AskedModel>> AskAsync(
        Guid owner,
        EmbeddingModel? model,
        IReadOnlyList<string> questions,
        TimeSpan? patience,
        Action<IReadOnlyList<RouteAttempt>>? told,
        CancellationToken ct
    )
    {
        if (model is null)
        {
            return Failure.Conflict(NoModel);
        }

        var route = await routes.FindAsync(owner, model, ct);
        if (!route.Ok)
        {
            return route.Failure;
        }

        var heard = route.Value.Within(patience) with { OnAsked = receipt => told?.Invoke(receipt.Attempts) };
        var vectors = await embedder.QuestionsAsync(heard, questions, ct);
        return vectors.Ok ? new AskedModel(route.Value.Key, vectors.Value) : vectors.Failure;
    }

    private static string? Problem(SearchScope scope, Outcome<VectorAnswer> found) =>
        !found.Ok ? found.Failure.Message
        : found.Value.Missing > 0
            ? $"{found.Value.Missing:n0} of {scope.State.Passages:n0} passages have no vector yet and are found by their words until then. Documents in work get theirs; where one failed, Try again makes them."
        : null;

    /// <summary>Names the collections, where others fared better.</summary>
    private static string About(IReadOnlyList<SearchScope> all, IEnumerable<SearchScope> some, string problem) =>
        some.Count() == all.Count ? problem : $"{string.Join(", ", some.Select(scope => scope.Name))}: {problem}";
}
