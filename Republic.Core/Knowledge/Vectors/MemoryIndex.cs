using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>
/// Vectors in the memory of this node, read from the database when first asked for, and document by document as they change. Those that
/// were not asked for longest make room for others.
/// </summary>
internal sealed class MemoryIndex(VectorReader reader, IOptions<VectorOptions> options) : IVectorIndex
{
    private readonly ConcurrentDictionary<VectorSpace, Kept> spaces = new();
    private readonly Lock evicting = new();
    private long clock;

    /// <summary>What all of them take.</summary>
    public long Bytes => spaces.Values.Sum(kept => kept.Vectors?.Bytes ?? 0);

    public int Count => spaces.Count;

    public async Task<Outcome<VectorAnswer>> FindAsync(
        VectorSpace space,
        CollectionState state,
        float[] query,
        int limit,
        CancellationToken ct
    )
    {
        var kept = spaces.GetOrAdd(space, _ => new Kept());
        kept.LastAsked = Interlocked.Increment(ref clock);
        var vectors = kept.Vectors;
        if (vectors is null || !IsCurrent(vectors, state))
        {
            var loaded = await LoadAsync(space, kept, state, ct);
            if (!loaded.Ok)
            {
                return loaded.Failure;
            }

            vectors = loaded.Value;
        }

        return vectors.Length == 0 ? new VectorAnswer([], 0) { Missing = state.Passages }
            : vectors.Length != query.Length
                ? Failure.Conflict(
                    $"The passages have vectors of {vectors.Length} numbers and the question one of {query.Length}: it is another model now. Index the collection again."
                )
            : new VectorAnswer(vectors.Find(query, limit), vectors.Background) { Missing = Math.Max(0, state.Passages - vectors.Count) };
    }

    /// <summary>Vectors may be made after their passages, when a collection gets another model: what lacks some is read again.</summary>
    private static bool IsCurrent(CollectionVectors? vectors, CollectionState state) =>
        vectors?.Print == state.Print && vectors.Count >= state.Passages;

    /// <summary>Whoever comes first reads, and the others wait for what it read.</summary>
    private async Task<Outcome<CollectionVectors>> LoadAsync(VectorSpace space, Kept kept, CollectionState state, CancellationToken ct)
    {
        await kept.Loading.WaitAsync(ct);
        try
        {
            var before = kept.Vectors;
            if (IsCurrent(before, state))
            {
                return before!;
            }

            var length = before?.Length is > 0 and var known ? known : await reader.LengthAsync(space, ct);
            var wanted = CollectionVectors.BytesOf(state.Passages, length);
            if (wanted > options.Value.MaxBytes)
            {
                return Failure.Conflict(
                    $"The vectors of this collection take {wanted >> 20:n0} MB, and this server lends {options.Value.MaxBytes >> 20:n0} MB to searching by meaning. Give it more memory, or a Chroma server."
                );
            }

            var vectors = await ReadAsync(space, before, state.Print, ct);
            kept.Vectors = vectors;
            // It may have been evicted while it was read.
            spaces[space] = kept;
            Evict(space);
            return vectors;
        }
        finally
        {
            kept.Loading.Release();
        }
    }

    private async Task<CollectionVectors> ReadAsync(VectorSpace space, CollectionVectors? before, string print, CancellationToken ct)
    {
        var revisions = await reader.RevisionsAsync(space, ct);
        var same = (before?.Documents ?? [])
            .Where(d => revisions.TryGetValue(d.Document, out var now) && now == (d.Revision, d.Passages.Length))
            .ToList();
        same.ForEach(document => revisions.Remove(document.Document));
        var read = revisions.Count == 0 ? [] : await reader.ReadAsync(space, revisions, ct);
        return new CollectionVectors(print, same.Concat(read), before);
    }

    private void Evict(VectorSpace newest)
    {
        lock (evicting)
        {
            foreach (var (space, _) in spaces.OrderBy(kept => kept.Value.LastAsked).ToList())
            {
                if (Bytes <= options.Value.MaxBytes)
                {
                    return;
                }

                if (space != newest)
                {
                    spaces.TryRemove(space, out _);
                }
            }
        }
    }

    private sealed class Kept
    {
        private long lastAsked;
        private CollectionVectors? vectors;

        public SemaphoreSlim Loading { get; } = new(1, 1);

        public long LastAsked
        {
            get => Volatile.Read(ref lastAsked);
            set => Volatile.Write(ref lastAsked, value);
        }

        public CollectionVectors? Vectors
        {
            get => Volatile.Read(ref vectors);
            set => Volatile.Write(ref vectors, value);
        }
    }
}
