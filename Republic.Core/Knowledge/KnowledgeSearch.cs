using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge.Retrieval;

namespace Republic.Core.Knowledge;

/// <summary>Finds passages in collections of one person, by their words and by what they mean.</summary>
public sealed class KnowledgeSearch
{
    public const int MaxQuery = 2000;
    public const int MaxHits = 50;

    /// <summary>How deep each way looks: what one of them has further down, the other may bring up.</summary>
    private const int Depth = 100;

    /// <summary>
    /// What a share of words is worth beside a calibrated similarity: a passage that holds two fifths of a question's words by chance is as
    /// common as one that means a quarter of it. Measured by <c>bench/meaning</c>.
    /// </summary>
    private const double WordsBesideMeaning = 0.6;

    private readonly SearchScopes scopes;
    private readonly KeywordSearch keywords;
    private readonly SemanticSearch semantic;
    private readonly IDbContextFactory<RepublicDb> databases;

    internal KnowledgeSearch(
        SearchScopes scopes,
        KeywordSearch keywords,
        SemanticSearch semantic,
        IDbContextFactory<RepublicDb> databases
    ) => (this.scopes, this.keywords, this.semantic, this.databases) = (scopes, keywords, semantic, databases);

    /// <param name="collections">Of that person; another's are not found.</param>
    public async Task<Outcome<SearchAnswer>> SearchAsync(
        Guid owner,
        IReadOnlyCollection<Guid> collections,
        string query,
        int limit,
        CancellationToken ct
    )
    {
        // PostgreSQL takes no text with a NUL.
        query = query?.Replace("\0", "", StringComparison.Ordinal) ?? "";
        if (string.IsNullOrWhiteSpace(query) || query.Length > MaxQuery)
        {
            return Failure.Invalid("query", $"Ask for something, in at most {MaxQuery} characters.");
        }

        var open = await scopes.OpenAsync(owner, collections, ct);
        if (!open.Ok)
        {
            return open.Failure;
        }

        return open.Value.Count == 0
            ? new SearchAnswer(query, [])
            : await SearchAsync(open.Value, query, Math.Clamp(limit, 1, MaxHits), asked: null, ct);
    }

    /// <summary>Many questions to one collection: their vectors are made together, and one that cannot be made fails all of them.</summary>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    internal async Task<Outcome<IReadOnlyList<SearchAnswer>>> SearchAllAsync(
        Guid owner,
        Guid collection,
        IReadOnlyList<string> queries,
        int limit,
        Action<double> progress,
        CancellationToken ct
    )
    {
        var open = await scopes.OpenAsync(owner, [collection], ct);
        if (!open.Ok)
        {
            return open.Failure;
        }

        AskedModel? asked = null;
        if (open.Value[0].Embedding is { } model && queries.Count > 0)
        {
            var vectors = await semantic.AskAsync(owner, model, queries, patience: null, told: null, ct);
            if (!vectors.Ok)
            {
                return vectors.Failure;
            }

            asked = vectors.Value;
        }

        List<SearchAnswer> answers = [];
        foreach (var query in queries)
        {
            progress((double)answers.Count / queries.Count);
            answers.Add(await SearchAsync(open.Value, query, limit, asked?.For(answers.Count), ct));
        }

        return answers;
    }

    private async Task<SearchAnswer> SearchAsync(
        IReadOnlyList<SearchScope> open,
        string query,
        int limit,
        AskedModel? asked,
        CancellationToken ct
    )
    {
        var byMeaning = semantic.FindAsync(open, query, Depth, asked, ct);
        var started = Stopwatch.GetTimestamp();
        var weighed = await keywords.WeighAsync(open, query, ct);
        var byWords = await keywords.FindAsync(open, weighed, Depth, ct);
        var lexicalMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var near = await byMeaning;

        var found = new Dictionary<Guid, Found>();
        for (var i = 0; i < byWords.Count; i++)
        {
            found[byWords[i].Passage] = new Found { LexicalRank = i + 1, WordShare = byWords[i].Share };
        }

        for (var i = 0; i < near.Hits.Count; i++)
        {
            var hit = near.Hits[i];
            found[hit.Passage] = (found.GetValueOrDefault(hit.Passage) ?? new Found()) with { SemanticRank = i + 1, Near = hit };
        }

        Guid[] byWordsAlone = [.. found.Where(hit => hit.Value.Near is null).Select(hit => hit.Key)];
        foreach (var (passage, hit) in await semantic.SimilaritiesAsync(near, byWordsAlone, ct))
        {
            found[passage] = found[passage] with { Near = hit };
        }

        var best = found
            .OrderByDescending(hit => hit.Value.Score)
            .ThenByDescending(hit => (hit.Value.WordShare ?? 0) + (hit.Value.Near?.Calibrated ?? 0))
            .ThenByDescending(hit => hit.Value.Near?.Similarity ?? 0)
            .ThenBy(hit => hit.Value.LexicalRank ?? int.MaxValue)
            .ThenBy(hit => hit.Key)
            .Take(limit)
            .ToList();
        await CompleteAsync(open[0].Owner, best, weighed, ct);
        return new SearchAnswer(query, await ReadAsync(open[0].Owner, best, ct))
        {
            LexicalMs = lexicalMs,
            SemanticMs = near.Searched.Count > 0 ? near.DurationMs : null,
            LexicalAlone = near.Problem,
            Asked = near.Asked,
        };
    }

    /// <summary>Passages that were found by meaning alone have a share of the question's words too.</summary>
    private async Task CompleteAsync(
        Guid owner,
        List<KeyValuePair<Guid, Found>> best,
        IReadOnlyList<QuestionWords> weighed,
        CancellationToken ct
    )
    {
        Guid[] withoutWords = [.. best.Where(hit => hit.Value.WordShare is null).Select(hit => hit.Key)];
        var shares = withoutWords.Length == 0 ? [] : await keywords.SharesAsync(owner, weighed, withoutWords, ct);
        for (var i = 0; i < best.Count; i++)
        {
            var (passage, hit) = best[i];
            best[i] = new(passage, hit with { WordShare = hit.WordShare ?? (shares.TryGetValue(passage, out var share) ? share : null) });
        }
    }

    private async Task<List<PassageHit>> ReadAsync(Guid owner, List<KeyValuePair<Guid, Found>> best, CancellationToken ct)
    {
        var ids = best.ConvertAll(hit => hit.Key);
        await using var db = await databases.CreateDbContextAsync(ct);
        var passages = await db
            .Passages.AsNoTracking()
            .OwnedBy(owner)
            .Where(p => ids.Contains(p.Id))
            .Join(db.Documents, p => p.DocumentId, d => d.Id, (p, d) => new { Passage = p, d.Name })
            .ToDictionaryAsync(p => p.Passage.Id, ct);
        return
        [
            .. best.Where(hit => passages.ContainsKey(hit.Key))
                .Select(hit => Hit(passages[hit.Key].Passage, passages[hit.Key].Name, hit.Value)),
        ];
    }

    private static PassageHit Hit(Passage passage, string document, Found found) =>
        new()
        {
            CollectionId = passage.CollectionId,
            DocumentId = passage.DocumentId,
            PassageId = passage.Id,
            Document = document,
            Heading = passage.Heading,
            Text = passage.Text,
            Score = found.Score,
            LexicalRank = found.LexicalRank,
            WordShare = found.WordShare,
            SemanticRank = found.SemanticRank,
            Similarity = found.Near?.Similarity,
            Page = passage.Page,
            Offset = passage.Start,
            Length = passage.Length,
        };

    private sealed record Found
    {
        public int? LexicalRank { get; init; }

        public double? WordShare { get; init; }

        public int? SemanticRank { get; init; }

        public MeaningHit? Near { get; init; }

        public double Score =>
            Math.Round(Near is null ? WordShare ?? 0 : Math.Max(WordsBesideMeaning * (WordShare ?? 0), Near.Calibrated), 4);
    }
}
