namespace Republic.Core.Knowledge.Embedding;

/// <summary>Makes the vectors that texts have not got yet. What is kept under a text's hash is right whoever wrote it, and however often.</summary>
public sealed class PassageEmbedder(EmbeddingRoutes routes, TextEmbedder embedder, VectorStore store)
{
    private const double CharactersInASecond = 300;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(30);

    /// <param name="texts">As in <see cref="Passage.Embedded"/>.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <returns>How many vectors are new.</returns>
    public async Task<Outcome<int>> EmbedAsync(
        Guid owner,
        EmbeddingModel model,
        IReadOnlyCollection<string> texts,
        Action<double>? progress,
        CancellationToken ct
    )
    {
        var route = await routes.FindAsync(owner, model, ct);
        return route.Ok ? await EmbedAsync(owner, route.Value, texts, progress, ct) : route.Failure;
    }

    /// <summary>Asks along a route that is found already. A route with a patience of its own keeps it: somebody waits for the answer.</summary>
    public async Task<Outcome<int>> EmbedAsync(
        Guid owner,
        EmbeddingRoute route,
        IReadOnlyCollection<string> texts,
        Action<double>? progress,
        CancellationToken ct
    )
    {
        var wanted = texts
            .Distinct(StringComparer.Ordinal)
            .Select(text => (Text: text, Hash: Passage.HashOf(heading: null, text)))
            .ToList();
        var missing = await store.MissingAsync(owner, route.Key, wanted, ct);
        var length = await store.LengthAsync(owner, route.Key, ct);
        var done = 0;
        foreach (var batch in TextEmbedder.Batches(missing.Select(text => text.Text)))
        {
            progress?.Invoke((double)done / missing.Count);
            var patient = route.Route.Patience is null ? route.Within(PatienceFor(batch)) : route;
            var vectors = await embedder.EmbedAsync(patient, [.. batch.Select(text => route.Model.PassagePrefix + text)], ct);
            if (!vectors.Ok)
            {
                return vectors.Failure;
            }

            length ??= vectors.Value[0].Length;
            if (Array.Find(vectors.Value, vector => vector.Length != length) is { } other)
            {
                return Failure.Conflict(
                    $"{route.Model.ModelId} gives vectors of {other.Length} numbers now, and those that it made before have {length}: it is another model under the same name. Give the new one a name of its own, or choose another model."
                );
            }

            await store.AddAsync(owner, route.Key, missing.Skip(done).Take(batch.Count).Select(text => text.Hash), vectors.Value, ct);
            done += batch.Count;
        }

        progress?.Invoke(1);
        return done;
    }

    /// <summary>Long enough for a large model on a slow machine. A model that hangs keeps a place that others wait for.</summary>
    private static TimeSpan PatienceFor(IReadOnlyList<string> batch) =>
        Least + TimeSpan.FromSeconds(batch.Sum(text => text.Length) / CharactersInASecond);

    /// <summary>Asks the model for one vector, before anybody relies on it, and says how many numbers it has.</summary>
    public async Task<Outcome<int>> TryAsync(Guid owner, EmbeddingModel model, CancellationToken ct)
    {
        var route = await routes.FindAsync(owner, model, ct);
        if (!route.Ok)
        {
            return route.Failure;
        }

        var vectors = await embedder.EmbedAsync(route.Value, ["A sentence to try the model with."], ct);
        return vectors.Ok ? vectors.Value[0].Length : vectors.Failure;
    }
}
