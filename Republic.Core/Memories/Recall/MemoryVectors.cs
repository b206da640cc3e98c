using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Knowledge.Retrieval;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Memories.Recall;

/// <summary>The vectors of memories, stored where those of passages are.</summary>
public sealed class MemoryVectors(
    IDbContextFactory<RepublicDb> databases,
    PassageEmbedder passages,
    EmbeddingWays ways,
    TextEmbedder embedder
)
{
    private const int Most = 3;

    /// <summary>Of what lies between texts that have nothing in common and the same text, so much is meant alike.</summary>
    private const double Alike = 0.35;

    /// <summary>What texts that have nothing in common are usually apart, where too few memories are there to measure it.</summary>
    private const double UsualBackground = 0.2;

    private const int FewestToMeasure = 6;

    /// <summary>The memories that mean something like the question, the nearest first; or why that could not be told.</summary>
    internal async Task<NearestMemories> NearestAsync(
        Guid person,
        EmbeddingModel model,
        string question,
        IReadOnlyList<Memory> memories,
        CancellationToken ct
    )
    {
        List<RouteHop> asking = [];
        var way = await ways.FindAsync(person, model, ct);
        var heard = way.Ok ? way.Value with { Told = receipt => asking.AddRange(receipt.Hops) } : null;
        var made = heard is null
            ? way.Failure!
            : await passages.EmbedAsync(person, heard, [.. memories.Select(m => m.Content)], progress: null, ct);
        var asked = made.Ok ? await embedder.QuestionsAsync(heard!.Within(SemanticSearch.Patience), [question], ct) : made.Failure;
        if (!asked.Ok)
        {
            return new([], $"Recalled by words alone: {asked.Failure.Message}", asking);
        }

        var vectors = await VectorsAsync(person, heard!.Key, memories, ct);
        var background = Background([.. vectors.Values]);
        var near =
            from memory in memories
            let vector = vectors.GetValueOrDefault(Convert.ToHexString(memory.Hash))
            where vector?.Length == asked.Value[0].Length
            let likeness = (TensorPrimitives.Dot<float>(vector, asked.Value[0]) - background) / (1 - background)
            where likeness >= Alike
            orderby likeness descending
            select memory.Id;
        return new([.. near.Take(Most)], null, asking);
    }

    /// <summary>Removes those that nothing of the person's holds any more.</summary>
    public async Task SweepAsync(Guid owner, IReadOnlyCollection<byte[]> hashes, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await HeldVectors.ForgetAsync(db, owner, hashes, document: Guid.Empty, ct);
    }

    private async Task<Dictionary<string, float[]>> VectorsAsync(
        Guid person,
        string model,
        IReadOnlyList<Memory> memories,
        CancellationToken ct
    )
    {
        byte[][] hashes = [.. memories.Select(m => m.Hash)];
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db
            .StoredVectors.AsNoTracking()
            .Where(v => v.OwnerId == person && v.Model == model && hashes.Contains(v.Hash))
            .ToListAsync(ct);
        return rows.ToDictionary(row => Convert.ToHexString(row.Hash), row => MemoryMarshal.Cast<byte, float>(row.Values).ToArray());
    }

    /// <summary>Models differ in how near they put texts that have nothing in common: memories of one person mostly are such texts.</summary>
    private static double Background(float[][] vectors)
    {
        if (vectors.Length < FewestToMeasure)
        {
            return UsualBackground;
        }

        var apart = vectors.Zip(vectors.Skip(1)).Where(two => two.First.Length == two.Second.Length);
        return Math.Clamp(apart.Average(two => TensorPrimitives.Dot<float>(two.First, two.Second)), 0, 0.9);
    }
}
