using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge.Retrieval;

/// <summary>Finds passages by the words of a question, through PostgreSQL's full text index.</summary>
internal sealed class KeywordSearch(IDbContextFactory<RepublicDb> databases)
{
    private const string Simple = "simple";

    /// <summary>
    /// Weighs the question's words by how many passages hold them, in each language that the passages are in. The question may be in
    /// another: its little words, which that language takes for telling ones, count only where it has no others. Of scripts without spaces,
    /// each pair of signs is a word.
    /// </summary>
    public async Task<IReadOnlyList<QuestionWords>> WeighAsync(IReadOnlyList<SearchScope> scopes, string question, CancellationToken ct)
    {
        var (owner, collections) = Where(scopes);
        var (plainly, pairs) = (CjkBigrams.Without(question), CjkBigrams.Of(question));
        await using var db = await databases.CreateDbContextAsync(ct);
        List<QuestionWords> all = [];
        foreach (var spoken in scopes.SelectMany(scope => scope.Passages).GroupBy(part => Configuration(part.Key), StringComparer.Ordinal))
        {
            string[] languages = [.. spoken.Select(part => part.Key).Distinct(StringComparer.Ordinal)];
            var counted = await db
                .Database.SqlQuery<CountedWord>(
                    $"""
                    with said as (
                      select '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''' as word,
                        bool_and(to_tsvector('english', plain) = '' or ({spoken.Key
                        == Simple} and to_tsvector('german', plain) = '')) as little
                      from unnest(tsvector_to_array(to_tsvector('simple', {plainly}))) as plain,
                        unnest(tsvector_to_array(to_tsvector({spoken.Key}::regconfig, plain))) as lexeme
                      group by lexeme
                      union all select '''' || pair || ''':*', false from unnest({pairs}) as pair
                    )
                    select word as "Word",
                      (select count(*) from passages p
                       where p.owner_id = {owner} and p.collection_id = any({collections}) and p.language = any({languages})
                         and p.search @@ word::tsquery) as "Holders"
                    from said where not little or not exists (select 1 from said where not little)
                    """
                )
                .ToListAsync(ct);
            if (counted.Count > 0)
            {
                all.Add(QuestionWords.Of(languages, counted.Select(word => (word.Word, word.Holders)), spoken.Sum(part => part.Value)));
            }
        }

        return all;
    }

    /// <summary>The best first.</summary>
    public async Task<List<WordHit>> FindAsync(
        IReadOnlyList<SearchScope> scopes,
        IReadOnlyList<QuestionWords> questions,
        int most,
        CancellationToken ct
    )
    {
        var (owner, collections) = Where(scopes);
        await using var db = await databases.CreateDbContextAsync(ct);
        List<WordHit> hits = [];
        foreach (var words in questions)
        {
            // To concatenate nothing makes PostgreSQL unpack a passage's words once, and not once for each use.
            hits.AddRange(
                await db
                    .Database.SqlQuery<WordHit>(
                        $"""
                        with candidate as materialized (
                          select id, search from passages
                          where owner_id = {owner} and collection_id = any({collections}) and language = any({words.Languages})
                            and search @@ {words.Telling}::tsquery
                          limit {QuestionWords.MostCandidates}
                        )
                        select c.id as "Passage", ts_rank_cd(held.words, {words.Any}::tsquery, 1) as "Density",
                          (select coalesce(sum(weight), 0) from unnest({words.Words}::text[]::tsquery[], {words.Weights}) as asked(word, weight)
                           where held.words @@ asked.word) as "Share"
                        from candidate c, lateral (select c.search || ''::tsvector as words offset 0) held
                        order by 3 desc, 2 desc, 1
                        limit {most}
                        """
                    )
                    .ToListAsync(ct)
            );
        }

        return [.. hits.OrderByDescending(hit => hit.Share).ThenByDescending(hit => hit.Density).ThenBy(hit => hit.Passage).Take(most)];
    }

    /// <summary>How much of the question certain passages hold.</summary>
    public async Task<Dictionary<Guid, double>> SharesAsync(
        Guid owner,
        IReadOnlyList<QuestionWords> questions,
        Guid[] passages,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        Dictionary<Guid, double> shares = [];
        foreach (var words in questions)
        {
            var found = await db
                .Database.SqlQuery<WordHit>(
                    $"""
                    select p.id as "Passage", 0::real as "Density",
                      (select coalesce(sum(weight), 0) from unnest({words.Words}::text[]::tsquery[], {words.Weights}) as asked(word, weight)
                       where p.search @@ asked.word) as "Share"
                    from passages p where p.owner_id = {owner} and p.id = any({passages}) and p.language = any({words.Languages})
                    """
                )
                .ToListAsync(ct);
            found.ForEach(hit => shares[hit.Passage] = hit.Share);
        }

        return shares;
    }

    /// <summary>As the index was made: <see cref="SearchColumn"/> knows the others.</summary>
    internal static string Configuration(string language) => SearchColumn.Languages.Contains(language) ? language : Simple;

    private static (Guid Owner, Guid[] Collections) Where(IReadOnlyList<SearchScope> scopes) =>
        (scopes[0].Owner, [.. scopes.Select(scope => scope.Collection)]);

    private sealed record CountedWord(string Word, long Holders);
}
