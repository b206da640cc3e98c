using Microsoft.Extensions.Options;
using Republic.Core.Knowledge.Vectors.Chroma;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>Chooses where a collection is searched: in memory, or on a Chroma server where there is one and the collection is large.</summary>
internal sealed class VectorIndexes(MemoryIndex memory, ChromaIndex chroma, IOptions<ChromaOptions> options) : IVectorIndex
{
    public Task<Outcome<VectorAnswer>> FindAsync(VectorSpace space, CollectionState state, float[] query, int limit, CancellationToken ct)
    {
        IVectorIndex index = options.Value.Url is not null && state.Passages >= options.Value.FromPassages ? chroma : memory;
        return index.FindAsync(space, state, query, limit, ct);
    }
}
