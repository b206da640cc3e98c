using System.Collections.Concurrent;
using System.Net;

namespace Republic.Core.Knowledge.Vectors.Chroma;

/// <summary>
/// Vectors on a Chroma server. The database stays the truth: what the server lacks is sent to it before it is asked, document by document,
/// and a server that lost everything is filled again.
/// </summary>
internal sealed class ChromaIndex(ChromaClient chroma, VectorReader reader) : IVectorIndex
{
    private readonly ConcurrentDictionary<VectorSpace, Mirror> mirrors = new();

    public async Task<Outcome<VectorAnswer>> FindAsync(
        VectorSpace space,
        CollectionState state,
        float[] query,
        int limit,
        CancellationToken ct
    )
    {
        try
        {
            return await AskAsync(space, state, query, limit, ct);
        }
        catch (ChromaException e) when (e.Status == HttpStatusCode.NotFound)
        {
            mirrors.TryRemove(space, out _);
        }
        catch (ChromaException e)
        {
            return Failure.Upstream(e.Message);
        }

        try
        {
            return await AskAsync(space, state, query, limit, ct);
        }
        catch (ChromaException e)
        {
            mirrors.TryRemove(space, out _);
            return Failure.Upstream(e.Message);
        }
    }

    private async Task<VectorAnswer> AskAsync(VectorSpace space, CollectionState state, float[] query, int limit, CancellationToken ct)
    {
        var mirror = mirrors.GetOrAdd(space, _ => new Mirror());
        if (mirror.Print != state.Print || mirror.Count < state.Passages)
        {
            await mirror.Filling.WaitAsync(ct);
            try
            {
                if (mirror.Print != state.Print || mirror.Count < state.Passages)
                {
                    await FillAsync(space, mirror, ct);
                    mirror.Print = state.Print;
                }
            }
            finally
            {
                mirror.Filling.Release();
            }
        }

        var missing = Math.Max(0, state.Passages - mirror.Count);
        return mirror.Count == 0
            ? new VectorAnswer([], 0) { Missing = missing }
            : new VectorAnswer(await chroma.QueryAsync(mirror.Id, space.Owner, query, limit, ct), mirror.Background) { Missing = missing };
    }

    private async Task FillAsync(VectorSpace space, Mirror mirror, CancellationToken ct)
    {
        if (!mirror.IsKnown)
        {
            mirror.Id = await chroma.OpenAsync(space, ct);
            var rows = await chroma.RowsAsync(mirror.Id, space.Owner, ct);
            mirror.Documents = rows.GroupBy(row => row.Document)
                .ToDictionary(
                    document => document.Key,
                    document => new Held(document.Min(row => row.Revision), [.. document.Select(row => row.Passage)])
                );
            mirror.IsKnown = true;
        }

        var wanted = await reader.RevisionsAsync(space, ct);
        foreach (var gone in mirror.Documents.Keys.Except(wanted.Keys).ToList())
        {
            await chroma.RemoveAsync(mirror.Id, mirror.Documents[gone].Passages, ct);
            mirror.Documents.Remove(gone);
        }

        foreach (var (document, now) in wanted)
        {
            var held = mirror.Documents.GetValueOrDefault(document);
            if (held is not null && (held.Revision, held.Passages.Length) == now)
            {
                continue;
            }

            var vectors = (await reader.ReadAsync(space, new Dictionary<Guid, (int, int)> { [document] = now }, ct))[0];
            await chroma.AddAsync(mirror.Id, space.Owner, vectors, ct);
            await chroma.RemoveAsync(mirror.Id, [.. (held?.Passages ?? []).Except(vectors.Passages)], ct);
            mirror.Documents[document] = new Held(vectors.Revision, vectors.Passages);
        }

        mirror.Count = mirror.Documents.Values.Sum(held => held.Passages.LongLength);
        mirror.Background = await reader.BackgroundAsync(space, ct);
    }

    /// <summary>What the server has of one space.</summary>
    private sealed class Mirror
    {
        public SemaphoreSlim Filling { get; } = new(1, 1);

        public bool IsKnown { get; set; }

        public Guid Id { get; set; }

        public string? Print { get; set; }

        public long Count { get; set; }

        public double Background { get; set; }

        public Dictionary<Guid, Held> Documents { get; set; } = [];
    }

    private sealed record Held(int Revision, Guid[] Passages);
}
