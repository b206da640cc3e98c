using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Knowledge.Embedding;

/// <summary>The vectors of a person, in the database.</summary>
public sealed class VectorStore(IDbContextFactory<RepublicDb> databases)
{
    private const int MostAsked = 5000;

    internal async Task<List<(string Text, byte[] Hash)>> MissingAsync(
        Guid owner,
        string model,
        List<(string Text, byte[] Hash)> wanted,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in wanted.Chunk(MostAsked))
        {
            byte[][] hashes = [.. some.Select(text => text.Hash)];
            var found = await db
                .StoredVectors.Where(v => v.OwnerId == owner && v.Model == model && hashes.Contains(v.Hash))
                .Select(v => v.Hash)
                .ToListAsync(ct);
            kept.UnionWith(found.Select(Convert.ToHexString));
        }

        return wanted.FindAll(text => !kept.Contains(Convert.ToHexString(text.Hash)));
    }

    /// <summary>How many numbers the vectors of this model have; null while there are none.</summary>
    internal async Task<int?> LengthAsync(Guid owner, string model, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var bytes = await db
            .StoredVectors.Where(v => v.OwnerId == owner && v.Model == model)
            .Select(v => (int?)v.Values.Length)
            .FirstOrDefaultAsync(ct);
        return bytes / sizeof(float);
    }

    internal async Task AddAsync(Guid owner, string model, IEnumerable<byte[]> hashes, IEnumerable<float[]> vectors, CancellationToken ct)
    {
        byte[][] names = [.. hashes];
        byte[][] values = [.. vectors.Select(vector => MemoryMarshal.AsBytes(vector.AsSpan()).ToArray())];
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into stored_vectors (owner_id, model, hash, "values")
            select {owner}, {model}, hash, vector from unnest({names}, {values}) as made(hash, vector)
            on conflict do nothing
            """,
            ct
        );
    }
}
