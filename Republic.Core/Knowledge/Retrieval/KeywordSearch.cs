using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge.Retrieval;

/// <summary>Finds passages by the words of a question, through PostgreSQL's full text index.</summary>
internal sealed class KeywordSearch(IDbContextFactory<RepublicDb> databases)
{
    private const string Simple = "simple";

    /// <summary>More than two sums of the same weights differ by, added up in different orders.</summary>
    private const double Rounding = 1e-9;

    /// <summary>So many passages are compared; a word that more of them hold tells none of them apart.</summary>
    public int MostCandidates { get; init; } = 3000;

    /// <summary>So many tell how common a word is, where there are more than <see cref="MostCandidates"/>.</summary>
    public int MostSampled { get; init; } = 256;

    /// <summary>
    /// Weighs the question's words by how many passages hold them, in each language that the passages are in. The question may be in
    /// another: its little words, which that language takes for telling ones, count only where it has no others. Of scripts without spaces,
    /// each pair of signs is a word.
    /// </summary>
    public async Task<IReadOnlyList<QuestionWords>> WeighAsync(IReadOnlyList<SearchScope> scopes, string question, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        List<QuestionWords> all = [];
        foreach (var spoken in scopes.SelectMany(scope => scope.Passages).GroupBy(part => Configuration(part.Key), StringComparer.Ordinal))
        {
            var words = await WeighAsync(db, scopes, spoken, question, ct);
            if (words.Words.Length > 0)
            {
                all.Add(words);
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
        await using var db = await databases.CreateDbContextAsync(ct);
        List<WordHit> hits = [];
        foreach (var words in questions)
        {
            List<WordHit> found = [];
            foreach (var queries in words.Candidates(MostCandidates).TakeWhile(_ => found.Count < most))
            {
                found.AddRange(await CompareAsync(db, scopes, words, queries, most, ct));
            }

            hits.AddRange(found.DistinctBy(hit => hit.Passage));
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
                       where held.words @@ asked.word) as "Share"
                    from passages p, lateral (select p.search || ''::tsvector as words offset 0) held
                    where p.owner_id = {owner} and p.id = any({passages}) and p.language = any({words.Languages})
                    """
                )
                .ToListAsync(ct);
            found.ForEach(hit => shares[hit.Passage] = hit.Share);
        }

        return shares;
    }

    /// <summary>As the index was made: <see cref="SearchColumn"/> knows the others.</summary>
    internal static string Configuration(string language) => SearchColumn.Languages.Contains(language) ? language : Simple;

    /// <summary>
    /// To count what holds a common word is to visit most passages, so a sample tells. It has a passage of each stratum: all documents in a
    /// row, cut into equal parts. Which one, a hash says, so that nothing that recurs in a document keeps step with the parts.
    /// </summary>
    private async Task<QuestionWords> WeighAsync(
        RepublicDb db,
        IReadOnlyList<SearchScope> scopes,
        IGrouping<string, KeyValuePair<string, long>> spoken,
        string question,
        CancellationToken ct
    )
    {
        var (owner, collections) = Where(scopes);
        var (plainly, pairs, isSimple) = (CjkBigrams.Without(question), CjkBigrams.Of(question), spoken.Key == Simple);
        string[] languages = [.. spoken.Select(part => part.Key).Distinct(StringComparer.Ordinal)];
        var passages = spoken.Sum(part => part.Value);
        var stratum = Math.Max(1, (passages + MostSampled - 1) / MostSampled);
        var counted = await db
            .Database.SqlQuery<CountedWord>(
                $"""
                with said as (
                  select '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''' as word,
                    bool_and(to_tsvector('english', plain) = '' or ({isSimple} and to_tsvector('german', plain) = '')) as little
                  from unnest(tsvector_to_array(to_tsvector('simple', {plainly}))) as plain,
                    unnest(tsvector_to_array(to_tsvector({spoken.Key}::regconfig, plain))) as lexeme
                  group by lexeme
                  union all select '''' || pair || ''':*', false from unnest({pairs}) as pair
                ), documented as (
                  select id, passage_count, sum(passage_count) over (order by id) - passage_count as earlier from documents
                  where owner_id = {owner} and collection_id = any({collections}) and language = any({languages})
                    and {passages} > {MostCandidates}
                ), picked as (
                  select documented.id, one.ordinal
                  from documented, generate_series(earlier / {stratum}, (earlier + passage_count - 1) / {stratum}) as part,
                    lateral (select part * {stratum} + (hashint8(part)::bigint & 2147483647) % {stratum} - earlier as ordinal) one
                  where one.ordinal between 0 and passage_count - 1
                  limit {MostSampled}
                ), sample as materialized (
                  select held.words from picked, lateral (
                    select search || ''::tsvector as words from passages
                    where owner_id = {owner} and document_id = picked.id and ordinal = picked.ordinal limit 1) held
                ), asked as materialized (
                  select word, word::tsquery as query from said where not little or not exists (select 1 from said where not little)
                ), guessed as materialized (
                  select word, query,
                    (select count(*) from sample where words @@ query) * {passages} / greatest(1, (select count(*) from sample)) as holders
                  from asked
                )
                select word as "Word", case when holders > {MostCandidates} then holders else (
                  select count(*) from (
                    select 1 from passages p
                    where p.owner_id = {owner} and p.collection_id = any({collections}) and p.language = any({languages})
                      and p.search @@ query
                    limit {MostCandidates + 1}) counted) end as "Holders"
                from guessed
                """
            )
            .ToListAsync(ct);
        return QuestionWords.Of(languages, counted.Select(word => (word.Word, word.Holders)), passages);
    }

    /// <summary>
    /// What the index says leaves out the passages that cannot be among the first; the others are unpacked and compared. A lateral part with
    /// a limit or an offset is done for each row by itself, through an index: no plan reads all passages for it.
    /// </summary>
    private Task<List<WordHit>> CompareAsync(
        RepublicDb db,
        IReadOnlyList<SearchScope> scopes,
        QuestionWords words,
        WordQueries queries,
        int most,
        CancellationToken ct
    )
    {
        var (owner, collections) = Where(scopes);
        // To concatenate nothing makes PostgreSQL unpack a passage's words once, and not once for each use.
        return db
            .Database.SqlQuery<WordHit>(
                $"""
                with candidate as materialized (
                  select passage.id, sum(asked.weight) as weight
                  from unnest({queries.Queries}::text[]::tsquery[], {queries.Weights}) as asked(query, weight), lateral (
                    select id from passages
                    where owner_id = {owner} and collection_id = any({collections}) and language = any({words.Languages})
                      and search @@ asked.query
                    limit {MostCandidates}) passage
                  group by passage.id
                ), best as materialized (
                  select id from candidate
                  where weight >= coalesce((select weight from candidate order by weight desc offset {most - 1} limit 1), 0)
                    - {queries.Rest + Rounding}
                )
                select best.id as "Passage", ts_rank_cd(held.words, {words.Any}::tsquery, 1) as "Density",
                  (select coalesce(sum(weight), 0) from unnest({words.Words}::text[]::tsquery[], {words.Weights}) as asked(word, weight)
                   where held.words @@ asked.word) as "Share"
                from best, lateral (
                  select search || ''::tsvector as words from passages where id = best.id and owner_id = {owner} offset 0) held
                order by 3 desc, 2 desc, 1
                limit {most}
                """
            )
            .ToListAsync(ct);
    }

    private static (Guid Owner, Guid[] Collections) Where(IReadOnlyList<SearchScope> scopes) =>
        (scopes[0].Owner, [.. scopes.Select(scope => scope.Collection)]);

    private sealed record CountedWord(string Word, long Holders);
}
