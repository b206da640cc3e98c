using System.Numerics.Tensors;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Retrieval;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Memories.Recall;

/// <summary>
/// Opens cases between memories of one thing that is named by different nouns: “My mother is called Eva.”, “The name of my mom is Ruth.”
/// Whether the nouns mean the same, the vectors say; all else is a rule's. Looked for among what fits one question, since both would be used
/// for its answer, and its model is awake.
/// </summary>
public sealed class MeantContradictions(
    IDbContextFactory<RepublicDb> databases,
    EmbeddingRoutes routes,
    TextEmbedder embedder,
    LiveEvents live,
    TimeProvider time
)
{
    /// <summary>
    /// For the model that comes along “my mother” and “my mom” have a cosine of 0.96. Of the 40,186 pairs of 284 nouns for what people have,
    /// those as near as this are one thing by two names; the nearest others have 0.91. Other models have other distances.
    /// </summary>
    internal const double Same = 0.92;

    /// <param name="fitting">In use, of one minion.</param>
    internal async Task OpenAsync(Guid person, IReadOnlyList<Memory> fitting, CancellationToken ct)
    {
        List<Pair> pairs =
        [
            .. from older in fitting
            from newer in fitting
            where older.Id < newer.Id
            let nouns = Statement.Of(older.Content).ContradictsIfSame(Statement.Of(newer.Content))
            where nouns is not null
            select new Pair(older, newer, nouns.Value),
        ];
        if (pairs.Count > 0 && await NewAsync(person, pairs, ct) is { Count: > 0 } unknown)
        {
            await SaveAsync(person, await SameAsync(person, unknown, ct), ct);
        }
    }

    /// <summary>Without those that are a case already, also one that the person has settled.</summary>
    private async Task<List<Pair>> NewAsync(Guid person, List<Pair> pairs, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await NewAsync(db, person, pairs, ct);
    }

    private static async Task<List<Pair>> NewAsync(RepublicDb db, Guid person, List<Pair> pairs, CancellationToken ct)
    {
        var older = pairs.ConvertAll(pair => pair.Older.Id);
        var known = await db
            .MemoryConflicts.OwnedBy(person)
            .Where(c => older.Contains(c.OlderId))
            .Select(c => new { c.OlderId, c.NewerId })
            .ToListAsync(ct);
        return pairs.FindAll(pair => !known.Exists(c => (c.OlderId, c.NewerId) == (pair.Older.Id, pair.Newer.Id)));
    }

    private async Task<List<Pair>> SameAsync(Guid person, List<Pair> pairs, CancellationToken ct)
    {
        var route = await routes.FindAsync(person, BuiltInEmbedding.Model, ct);
        if (!route.Ok)
        {
            return [];
        }

        List<string> nouns = [.. pairs.SelectMany(pair => new[] { pair.Nouns.One, pair.Nouns.Other }).Distinct(StringComparer.Ordinal)];
        var made = await embedder.QuestionsAsync(route.Value.Within(SemanticSearch.Patience), nouns.Select(noun => $"my {noun}"), ct);
        return made.Ok ? pairs.FindAll(pair => Cosine(pair) >= Same) : [];

        double Cosine(Pair pair) =>
            TensorPrimitives.Dot<float>(made.Value[nouns.IndexOf(pair.Nouns.One)], made.Value[nouns.IndexOf(pair.Nouns.Other)]);
    }

    private async Task SaveAsync(Guid person, List<Pair> pairs, CancellationToken ct)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        await using var change = await db.Database.BeginTransactionAsync(ct);
        await AdvisoryLocks.TakeAsync(db, person, AdvisoryLocks.Memories, ct);
        // While the model was asked, one may have been changed or forgotten, and another question may have found the same.
        var ids = pairs.SelectMany(pair => new[] { pair.Older.Id, pair.Newer.Id }).ToList();
        var contents = await db
            .Memories.OwnedBy(person)
            .Where(m => ids.Contains(m.Id) && m.Status == MemoryStatus.Active)
            .ToDictionaryAsync(m => m.Id, m => m.Content, ct);
        foreach (var pair in (await NewAsync(db, person, pairs, ct)).Where(pair => IsAsItWas(pair.Older) && IsAsItWas(pair.Newer)))
        {
            db.MemoryConflicts.Add(
                new MemoryConflict
                {
                    OwnerId = person,
                    OlderId = pair.Older.Id,
                    NewerId = pair.Newer.Id,
                    CreatedAt = time.GetUtcNow(),
                }
            );
        }

        await db.SaveChangesAsync(ct);
        await change.CommitAsync(ct);
        live.Publish(person, new LiveEvent(MemoryEditor.Changed, person, null));

        bool IsAsItWas(Memory memory) => contents.GetValueOrDefault(memory.Id) == memory.Content;
    }

    private sealed record Pair(Memory Older, Memory Newer, (string One, string Other) Nouns);
}
