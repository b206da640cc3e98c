using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Retrieval;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Words that more passages hold than are compared.</summary>
public sealed class CommonWordTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const int Few = 60;
    private const int Most = 20;
    private const int Passages = 400;
    private const int Vocabulary = 500;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private KeywordSearch Search =>
        new(republic.Services.GetRequiredService<IDbContextFactory<RepublicDb>>()) { MostCandidates = Few, MostSampled = 100 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_best_are_the_same_as_if_all_were_compared_in_full(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var texts = Texts(random);
        var collection = await NewAsync("simple", texts);
        var scopes = await OpenAsync(collection);

        for (var length = 1; length <= 30; length++)
        {
            var words = await WeighAsync(scopes, Question(random, texts, length));
            Assert.Equal(await ComparedAsync(collection, words), await Search.FindAsync(scopes, [words], Most, Ct));
        }
    }

    [Fact]
    public async Task What_holds_a_word_is_counted_where_it_is_little_and_estimated_where_it_is_much()
    {
        var texts = Texts(new SeededRandom(4));
        var collection = await NewAsync("simple", texts);
        var hers = await republic.NewCollectionAsync(republic.Ada.Id);
        await republic.NewDocumentAsync(hers, "simple", texts);

        var words = await WeighAsync(await OpenAsync(collection), string.Join(' ', Enumerable.Range(1, 100).Select(n => $"w{n}")));

        Assert.Equal(100, words.Words.Length);
        foreach (var (word, holders) in words.Words.Zip(words.Holders))
        {
            long real = texts.Count(text => text.Split(' ').Contains(word.Trim('\'')));
            if (holders <= Few)
            {
                Assert.Equal(real, holders);
            }
            else
            {
                Assert.InRange(holders, real / 2, real * 2);
            }
        }

        Assert.InRange(words.Holders[^1], 300, Passages);
    }

    [Fact]
    public async Task The_same_passages_answer_the_same_wherever_their_rows_lie()
    {
        const string Asked = "w1 w2 w3 w40 w200";
        var collection = await NewAsync("simple", Texts(new SeededRandom(5)));
        var scopes = await OpenAsync(collection);
        var (words, hits) = await AskAsync();

        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"update passages set start = start + 1 where collection_id = {collection.Id} and ordinal % 3 = 0",
                Ct
            )
        );

        var (later, same) = await AskAsync();
        Assert.Equal(words.Holders, later.Holders);
        Assert.Equal(hits, same);
        Assert.Equal(Most, hits.Count);

        async Task<(QuestionWords, List<WordHit>)> AskAsync()
        {
            var weighed = await WeighAsync(scopes, Asked);
            return (weighed, await Search.FindAsync(scopes, [weighed], Most, Ct));
        }
    }

    [Fact]
    public async Task Of_common_words_alone_those_passages_come_first_that_hold_them_all()
    {
        string[] two = ["alpha beta", "beta gamma", "gamma alpha"];
        var collection = await NewAsync("simple", [.. Enumerable.Range(0, 300).Select(i => $"{two[i % 3]} w{i}"), "gamma beta alpha"]);
        var scopes = await OpenAsync(collection);

        var words = await WeighAsync(scopes, "alpha beta gamma");
        var hits = await Search.FindAsync(scopes, [words], Most, Ct);

        Assert.All(words.Holders, holders => Assert.InRange(holders, 150, 250));
        Assert.Equal("gamma beta alpha", await TextAsync(hits[0]));
        Assert.Equal(1, hits[0].Share, precision: 9);
        // Others that hold two of them follow.
        Assert.Equal(Most, hits.Count);
        Assert.InRange(hits[1].Share, 0.5, 0.8);
    }

    [Fact]
    public async Task Common_words_that_never_stand_together_are_found_by_one_of_them()
    {
        var collection = await NewAsync("simple", [.. Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? $"alpha w{i}" : $"beta w{i}")]);
        var scopes = await OpenAsync(collection);

        var hits = await Search.FindAsync(scopes, [await WeighAsync(scopes, "alpha beta")], Most, Ct);

        Assert.Equal(Most, hits.Count);
        Assert.All(hits, hit => Assert.InRange(hit.Share, 0.3, 0.7));
    }

    [Fact]
    public async Task A_pair_of_signs_may_be_common_too()
    {
        var collection = await NewAsync("simple", [.. Enumerable.Range(0, 150).Select(i => $"图书很多 w{i}"), "图书馆开放"]);
        var scopes = await OpenAsync(collection);

        var words = await WeighAsync(scopes, "图书馆");
        var hit = Assert.Single(await Search.FindAsync(scopes, [words], Most, Ct));

        Assert.Equal(["'书馆':*", "'图书':*"], words.Words);
        Assert.Equal([1L, 151L], words.Holders);
        Assert.Equal("图书馆开放", await TextAsync(hit));
    }

    [Fact]
    public async Task A_word_is_as_common_as_it_is_in_its_language_and_in_the_collections_that_are_searched()
    {
        var english = await NewAsync("english", [.. Enumerable.Range(0, 150).Select(i => $"The server answers w{i}")]);
        await republic.NewDocumentAsync(english, "german", [.. Enumerable.Range(0, 30).Select(i => $"Der Server antwortet w{i}")]);
        var others = await NewAsync("english", [.. Enumerable.Range(0, 150).Select(i => $"Trees grow w{i}")]);

        var both = await Search.WeighAsync(await OpenAsync(english), "server", Ct);
        var all = await Search.WeighAsync(await OpenAsync(english, others), "server", Ct);
        var hits = await Search.FindAsync(await OpenAsync(english), both, Passages, Ct);

        Assert.Equal([30L, 150L], both.Select(words => Assert.Single(words.Holders)).Order());
        Assert.Equal((180L, 330L), (both.Sum(words => words.Passages), all.Sum(words => words.Passages)));
        Assert.InRange(all.Max(words => words.Holders[0]), 100, 200);
        Assert.Equal(30 + Few, hits.Count);
    }

    private async Task<Collection> NewAsync(string language, string[] texts)
    {
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id);
        foreach (var some in texts.Chunk((texts.Length + 1) / 2))
        {
            await republic.NewDocumentAsync(collection, language, some);
        }

        return collection;
    }

    private async Task<IReadOnlyList<SearchScope>> OpenAsync(params Collection[] collections)
    {
        var scopes = republic.Services.GetRequiredService<SearchScopes>();
        return (await scopes.OpenAsync(republic.Jonas.Id, [.. collections.Select(collection => collection.Id)], Ct)).Value!;
    }

    private async Task<QuestionWords> WeighAsync(IReadOnlyList<SearchScope> scopes, string question) =>
        Assert.Single(await Search.WeighAsync(scopes, question, Ct));

    private Task<string> TextAsync(WordHit hit) =>
        republic.QueryAsync<string>(db => db.Passages.Where(p => p.Id == hit.Passage).Select(p => p.Text).SingleAsync(Ct));

    /// <summary>Every passage that holds one of the rarest words, by all words.</summary>
    private Task<List<WordHit>> ComparedAsync(Collection collection, QuestionWords words)
    {
        var (picking, passages) = (0, 0L);
        while (picking < words.Words.Length && passages + words.Holders[picking] <= Few)
        {
            passages += words.Holders[picking++];
        }

        Assert.NotEqual(0, passages);
        var picked = string.Join(" | ", words.Words.Take(picking));
        return republic.QueryAsync<List<WordHit>>(db =>
            db.Database.SqlQuery<WordHit>(
                    $"""
                    select p.id as "Passage", ts_rank_cd(p.search, {words.Any}::tsquery, 1) as "Density",
                      (select sum(weight) from unnest({words.Words}::text[]::tsquery[], {words.Weights}) as asked(word, weight)
                       where p.search @@ asked.word) as "Share"
                    from passages p where p.collection_id = {collection.Id} and p.search @@ {picked}::tsquery
                    order by 3 desc, 2 desc, 1 limit {Most}
                    """
                )
                .ToListAsync(Ct)
        );
    }

    /// <summary>The rarest word of a passage, and as many others as are wanted, some of which stand nowhere.</summary>
    private static string Question(SeededRandom random, string[] texts, int length)
    {
        var rarest = texts[random.Next(texts.Length)].Split(' ').MaxBy(word => int.Parse(word[1..], CultureInfo.InvariantCulture))!;
        return string.Join(' ', Enumerable.Range(1, length - 1).Select(i => i % 7 == 0 ? $"nowhere{i}" : Word(random)).Prepend(rarest));
    }

    private static string[] Texts(SeededRandom random) =>
        [.. Enumerable.Range(0, Passages).Select(_ => string.Join(' ', Enumerable.Range(0, 20).Select(_ => Word(random))))];

    /// <summary>As common as in a language: the n-th a share of 1/n.</summary>
    private static string Word(SeededRandom random) => $"w{(int)Math.Pow(Vocabulary, random.NextDouble())}";
}
