using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>Reads the vectors of passages from the database.</summary>
internal sealed class VectorReader(IDbContextFactory<RepublicDb> databases)
{
    private const int Sample = 300;

    /// <summary>The documents of a collection, their revisions, and how many passages each has.</summary>
    public async Task<Dictionary<Guid, (int Revision, int Passages)>> RevisionsAsync(VectorSpace space, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .Documents.OwnedBy(space.Owner)
            .Where(d => d.CollectionId == space.Collection)
            .Select(d => new
            {
                d.Id,
                d.Revision,
                d.PassageCount,
            })
            .ToDictionaryAsync(d => d.Id, d => (d.Revision, d.PassageCount), ct);
    }

    /// <summary>How many numbers the vectors have that a model made for a person; 0 where it made none.</summary>
    public async Task<int> LengthAsync(VectorSpace space, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
                .StoredVectors.Where(v => v.OwnerId == space.Owner && v.Model == space.Model)
                .Select(v => v.Values.Length)
                .FirstOrDefaultAsync(ct) / sizeof(float);
    }

    /// <param name="revisions">The documents to read. Passages that are newer than the revision do no harm: they are read again.</param>
    public async Task<List<DocumentVectors>> ReadAsync(
        VectorSpace space,
        IReadOnlyDictionary<Guid, (int Revision, int Passages)> revisions,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.OpenConnectionAsync(ct);
        await using var command = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = """
            select p.document_id, p.id, v."values" from passages p
            join stored_vectors v on v.owner_id = p.owner_id and v.model = $3 and v.hash = p.hash
            where p.owner_id = $1 and p.collection_id = $2 and p.document_id = any($4)
            order by p.document_id, p.ordinal
            """;
        foreach (var value in new object[] { space.Owner, space.Collection, space.Model, revisions.Keys.ToArray() })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var rows = await command.ExecuteReaderAsync(ct);
        var read = new Dictionary<Guid, (List<Guid> Passages, List<float> Numbers)>();
        while (await rows.ReadAsync(ct))
        {
            var document = rows.GetGuid(0);
            var vector = MemoryMarshal.Cast<byte, float>(rows.GetFieldValue<byte[]>(2));
            if (!read.TryGetValue(document, out var into))
            {
                read[document] = into = ([], new List<float>(revisions[document].Passages * vector.Length));
            }

            into.Passages.Add(rows.GetGuid(1));
            into.Numbers.AddRange(vector);
        }

        return
        [
            .. revisions.Select(document =>
                read.TryGetValue(document.Key, out var found)
                    ? new DocumentVectors(document.Key, document.Value.Revision, [.. found.Passages], [.. found.Numbers])
                    : new DocumentVectors(document.Key, document.Value.Revision, [], [])
            ),
        ];
    }

    /// <summary>The mean cosine of two passages, of some that were picked by their hashes: those are as good as random, and the same twice.</summary>
    public async Task<double> BackgroundAsync(VectorSpace space, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var some = await db
            .Passages.OwnedBy(space.Owner)
            .Where(p => p.CollectionId == space.Collection)
            .Join(
                db.StoredVectors.Where(v => v.OwnerId == space.Owner && v.Model == space.Model),
                p => p.Hash,
                v => v.Hash,
                (p, v) => new { v.Hash, v.Values }
            )
            .OrderBy(v => v.Hash)
            .Take(Sample)
            .ToListAsync(ct);
        var vectors = some.DistinctBy(v => Convert.ToHexString(v.Hash))
            .Select(v => MemoryMarshal.Cast<byte, float>(v.Values).ToArray())
            .ToList();
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < vectors.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                (sum, pairs) = (sum + TensorPrimitives.Dot<float>(vectors[i], vectors[j]), pairs + 1);
            }
        }

        return pairs == 0 ? 0 : Math.Clamp(sum / pairs, 0, 1);
    }
}
