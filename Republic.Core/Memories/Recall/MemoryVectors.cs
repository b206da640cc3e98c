using System.Diagnostics;
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
    EmbeddingRoutes routes,
    TextEmbedder embedder
)
{
    private const int Most = 3;

    /// <summary>Of what lies between texts that have nothing in common and the same text, so much is meant alike.</summary>
    private const double Alike = 0.35;

    /// <summary>
    /// The same for the model that comes along. Of 60 questions in other words about 60 memories (bench/meaning) it finds the right one for 85 %,
    /// with 0.4 wrong ones a question; 0.35 would find it for 65 %, with 0.1 wrong ones. A wrong one costs a line of the prompt.
    /// </summary>
    private const double AlikeBuiltIn = 0.25;

    /// <summary>What texts that have nothing in common are usually apart, where too few memories are there to measure it.</summary>
    private const double UsualBackground = 0.2;

    private const int FewestToMeasure = 6;

    /// <summary>Few enough that a slow model has them in time: what a call made is kept, and the next question goes on from there.</summary>
    private const int MostAtOnce = 16;

    /// <summary>
    /// The memories that mean something like the question, the nearest first; or why that could not be told. Somebody waits for the answer:
    /// what has no vector when <see cref="SemanticSearch.Patience"/> is over is found by its words, and so is what the model cannot read.
    /// </summary>
    internal async Task<NearestMemories> NearestAsync(
        Guid person,
        EmbeddingModel model,
        string question,
        IReadOnlyList<Memory> memories,
        CancellationToken ct
    )
    {
        var isBuiltIn = BuiltInEmbedding.Is(model);
        memories = isBuiltIn ? [.. memories.Where(memory => EnglishTexts.Are(question, memory.Content))] : memories;
        if (memories.Count == 0)
        {
            return NearestMemories.NotAsked;
        }

        var started = Stopwatch.GetTimestamp();
        List<RouteAttempt> asking = [];
        var route = await routes.FindAsync(person, model, ct);
        if (!route.Ok)
        {
            return ByWords(route.Failure, asking);
        }

        var heard = route.Value.Within(SemanticSearch.Patience) with { OnAsked = receipt => asking.AddRange(receipt.Attempts) };
        var asked = await embedder.QuestionsAsync(heard, [question], ct);
        if (!asked.Ok)
        {
            return ByWords(asked.Failure, asking);
        }

        var vectors = await VectorsAsync(person, heard.Key, memories, ct);
        List<Memory> missing = [.. memories.Where(m => !vectors.ContainsKey(Convert.ToHexString(m.Hash)))];
        string? unready = null;
        if (missing.Count > 0)
        {
            unready = await MakeAsync(person, heard, missing, started, ct);
            vectors = await VectorsAsync(person, heard.Key, memories, ct);
        }

        var background = Background([.. vectors.Values]);
        var least = isBuiltIn ? AlikeBuiltIn : Alike;
        var near =
            from memory in memories
            let vector = vectors.GetValueOrDefault(Convert.ToHexString(memory.Hash))
            where vector?.Length == asked.Value[0].Length
            let likeness = (TensorPrimitives.Dot<float>(vector, asked.Value[0]) - background) / (1 - background)
            where likeness >= least
            orderby likeness descending
            select (memory.Id, likeness);
        return new([.. near.Take(Most)], unready, asking) { IsBuiltIn = isBuiltIn };
    }

    private static NearestMemories ByWords(Failure failure, List<RouteAttempt> asking) =>
        new([], $"Recalled by words alone: {failure.Message}", asking);

    /// <returns>Why some have none yet, for people; null where all have one.</returns>
    private async Task<string?> MakeAsync(Guid person, EmbeddingRoute route, List<Memory> missing, long started, CancellationToken ct)
    {
        foreach (var some in missing.Chunk(MostAtOnce))
        {
            var left = SemanticSearch.Patience - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return "Some memories have no vector yet, and were looked for by words alone: making them takes longer than an answer waits.";
            }

            var made = await passages.EmbedAsync(person, route.Within(left), [.. some.Select(m => m.Content)], progress: null, ct);
            if (!made.Ok)
            {
                return $"Some memories have no vector yet, and were looked for by words alone: {made.Failure.Message}";
            }
        }

        return null;
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
