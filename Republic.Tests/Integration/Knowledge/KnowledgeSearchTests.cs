using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Routing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

public sealed class KnowledgeSearchTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncDisposable
{
    private readonly FakeVendor vendor = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private KnowledgeSearch Search => republic.Services.GetRequiredService<KnowledgeSearch>();

    private EmbeddingModel Model => new("custom", "vendor-embed", vendor.BaseUrl.AbsoluteUri);

    [Fact]
    public async Task Words_find_passages_and_rare_words_count_for_more()
    {
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id);
        await republic.NewDocumentAsync(
            collection,
            "The server writes a log.",
            "The server needs a certificate.",
            "The server reads its settings.",
            "Certificates are renewed each year."
        );

        var answer = await SearchAsync(collection, "server certificate");

        Assert.Equal("The server needs a certificate.", answer.Hits[0].Text);
        Assert.Equal((1, 1.0), (answer.Hits[0].LexicalRank, answer.Hits[0].Score));
        Assert.Equal("Certificates are renewed each year.", answer.Hits[1].Text);
        Assert.InRange(answer.Hits[1].WordShare!.Value, 0.5, 0.7);
        Assert.InRange(answer.Hits[2].WordShare!.Value, 0.3, 0.5);
        Assert.Equal(4, answer.Hits.Count);
        Assert.All(answer.Hits, hit => Assert.Null(hit.SemanticRank));
        Assert.StartsWith("No embedding model", answer.LexicalAlone);
        Assert.Null(answer.SemanticMs);
    }

    [Fact]
    public async Task A_word_that_no_passage_holds_lowers_the_score()
    {
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id);
        await republic.NewDocumentAsync(collection, "The king lives in a castle.", "Fishes swim.", "Trees grow slowly.");

        var answer = await SearchAsync(collection, "Who is the king of Wakanda?");

        Assert.InRange(Assert.Single(answer.Hits).Score, 0.3, 0.6);
    }

    [Fact]
    public async Task Every_language_is_stemmed_its_own_way_and_an_unknown_one_not_at_all()
    {
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id);
        await republic.NewDocumentAsync(collection, "german", ["Die Häuser stehen am Rand der Stadt."]);
        await republic.NewDocumentAsync(collection, "english", ["The houses stand at the edge of town."]);
        await republic.NewDocumentAsync(collection, "klingon", ["houses naDev"]);

        Assert.StartsWith("Die Häuser", Assert.Single((await SearchAsync(collection, "Haus")).Hits).Text);
        var english = await SearchAsync(collection, "house");
        Assert.StartsWith("The houses", Assert.Single(english.Hits).Text);
        Assert.Equal(2, (await SearchAsync(collection, "houses")).Hits.Count);
    }

    [Theory]
    [InlineData("german", "Der Fehler E42 betrifft die Pumpe.", "What is E42?")]
    [InlineData("simple", "Ada and Ben live in the city of Ulm.", "Which city does Ada live in?")]
    [InlineData("simple", "Ada und Ben wohnen in Ulm.", "Wo und wie wohnen Ada und Ben?")]
    [InlineData("simple", "It is what it is.", "What is it?")]
    public async Task Little_words_of_another_language_count_only_where_there_are_no_others(string language, string text, string question)
    {
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id);
        await republic.NewDocumentAsync(collection, language, [text, "Nichts davon."]);

        Assert.Equal((text, 1.0), Best(await SearchAsync(collection, question)));

        static (string, double) Best(SearchAnswer answer) => (answer.Hits[0].Text, answer.Hits[0].Score);
    }

    [Theory]
    [InlineData("x' OR (SELECT pg_sleep(8)) IS NOT NULL --")]
    [InlineData("'; drop table passages; --")]
    [InlineData("a & b | !c <-> (d:* \\ 'e''")]
    [InlineData("\\' ' :* & | ! ( )")]
    [InlineData("café ''quoted'' back\\slash o'brien \0 \ud83d")]
    public async Task Whatever_is_asked_is_only_words(string query)
    {
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id);
        await republic.NewDocumentAsync(collection, "O'Brien writes back\\slash quoted select pg_sleep(8) café.");

        var answer = await SearchAsync(collection, query);

        Assert.True(answer.LexicalMs < 4000);
        Assert.Equal(1, await republic.QueryAsync(db => db.Passages.CountAsync(p => p.CollectionId == collection.Id, Ct)));
    }

    [Fact]
    public async Task Meaning_finds_what_words_do_not_and_the_larger_of_both_is_the_score()
    {
        vendor.Embeds();
        var collection = await IndexedAsync(
            republic.Jonas.Id,
            "How to park your automobile in winter.",
            "A car needs oil. Driving a car needs fuel.",
            "Boil the broth slowly.",
            "The summit is reached at dawn.",
            "Pay the invoice within a week."
        );

        var answer = await SearchAsync(collection, "car");

        Assert.Null(answer.LexicalAlone);
        Assert.NotNull(answer.SemanticMs);
        var (meant, both) = (answer.Hits[0], answer.Hits[1]);
        Assert.StartsWith("How to park", meant.Text);
        Assert.Equal((null, 1), (meant.LexicalRank, meant.SemanticRank));
        Assert.Equal(0, meant.WordShare);
        Assert.StartsWith("A car needs oil", both.Text);
        Assert.Equal((1, 2), (both.LexicalRank, both.SemanticRank));
        Assert.Equal(1, both.WordShare);
        Assert.InRange(both.Score, 0.6, meant.Score);
        Assert.InRange(answer.Hits[2].Score, 0, 0.3);
        Assert.All(answer.Hits, hit => Assert.NotNull(hit.Similarity));
    }

    [Fact]
    public async Task A_change_of_passages_is_found_at_once_and_reads_that_document_alone()
    {
        vendor.Embeds();
        var collection = await IndexedAsync(republic.Jonas.Id, "A cat sleeps.", "The alps are high.");
        var other = await republic.NewDocumentAsync(collection, "Invoice number four.");
        await EmbedAsync(republic.Jonas.Id, collection);
        Assert.Equal("A cat sleeps.", (await SearchAsync(collection, "feline")).Hits[0].Text);

        await republic.ReplaceAsync(other, "A kitten drinks milk. Kitten, kitten.");
        await EmbedAsync(republic.Jonas.Id, collection);

        var hits = (await SearchAsync(collection, "feline")).Hits;
        Assert.Equal(["A cat sleeps.", "A kitten drinks milk. Kitten, kitten."], hits.Take(2).Select(hit => hit.Text).Order());
        await republic.QueryAsync(db => db.Documents.Where(d => d.Id == other.Id).ExecuteDeleteAsync(Ct));
        Assert.DoesNotContain((await SearchAsync(collection, "feline")).Hits, hit => hit.DocumentId == other.Id);
    }

    [Fact]
    public async Task Vectors_made_after_their_passages_are_found_too()
    {
        vendor.Embeds();
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id, model: Model);
        await republic.NewDocumentAsync(collection, "A cat sleeps.");
        var before = await SearchAsync(collection, "feline");
        Assert.Empty(before.Hits);
        Assert.Contains("1 of 1 passages have no vector yet", before.LexicalAlone);

        await EmbedAsync(republic.Jonas.Id, collection);

        Assert.Single((await SearchAsync(collection, "feline")).Hits);
    }

    [Fact]
    public async Task Where_the_embedding_model_fails_words_answer_alone_and_it_is_said()
    {
        vendor.Embeds();
        var collection = await IndexedAsync(republic.Jonas.Id, "A cat sleeps.", "The alps are high.");
        vendor.Refuses(HttpStatusCode.Unauthorized, "No such key");

        var answer = await SearchAsync(collection, "cat");

        Assert.Equal("A cat sleeps.", Assert.Single(answer.Hits).Text);
        Assert.Contains("No such key", answer.LexicalAlone);
        Assert.Null(answer.SemanticMs);
    }

    [Fact]
    public async Task An_embedding_model_that_hangs_is_waited_for_once_and_then_left_alone()
    {
        vendor.Embeds();
        var collection = await IndexedAsync(republic.Jonas.Id, "A cat sleeps.", "The alps are high.");
        vendor.Hangs();

        var answer = await SearchAsync(collection, "cat");
        var asked = vendor.Requests.Count;
        var again = await SearchAsync(collection, "cat");

        Assert.Equal("A cat sleeps.", Assert.Single(answer.Hits).Text);
        Assert.Contains("did not answer within 5 seconds", answer.LexicalAlone);
        Assert.Equal("A cat sleeps.", Assert.Single(again.Hits).Text);
        Assert.Contains("did not answer in time, so it is left alone for another", again.LexicalAlone);
        Assert.Equal(asked, vendor.Requests.Count);
    }

    [Fact]
    public async Task Nobody_finds_anything_in_anothers_collection()
    {
        vendor.Embeds();
        var hers = await IndexedAsync(republic.Ada.Id, "Ada's marker: the cat is called Zuse.");
        var his = await IndexedAsync(republic.Jonas.Id, "Jonas has a cat.");

        var stolen = await Search.SearchAsync(republic.Jonas.Id, [hers.Id], "cat", 10, Ct);
        var mixed = await Search.SearchAsync(republic.Jonas.Id, [his.Id, hers.Id], "cat", 10, Ct);

        Assert.Equal((FailureKind.NotFound, FailureKind.NotFound), (stolen.Failure!.Kind, mixed.Failure!.Kind));
        Assert.Equal("Jonas has a cat.", Assert.Single((await SearchAsync(his, "cat marker Zuse")).Hits).Text);
    }

    [Fact]
    public async Task Several_collections_are_searched_together_each_by_its_own_model()
    {
        vendor.Embeds();
        var animals = await IndexedAsync(republic.Jonas.Id, "A kitten plays.", "Dogs bark at night.");
        var plain = await republic.NewCollectionAsync(republic.Jonas.Id, "Plain");
        await republic.NewDocumentAsync(plain, "A feline is a cat.");

        var answer = (await Search.SearchAsync(republic.Jonas.Id, [animals.Id, plain.Id], "feline", 10, Ct)).Value!;

        Assert.Equal(["A feline is a cat.", "A kitten plays."], answer.Hits.Take(2).Select(hit => hit.Text).Order());
        Assert.StartsWith("Plain: No embedding model", answer.LexicalAlone);
    }

    [Fact]
    public async Task A_question_is_a_call_like_any_other_and_is_counted()
    {
        vendor.Embeds();
        var collection = await IndexedAsync(republic.Ada.Id, "A cat sleeps.");

        await Search.SearchAsync(republic.Ada.Id, [collection.Id], "feline", 5, Ct);

        var calls = await Until.SomethingAsync(async () =>
            await republic.QueryAsync(db => db.Set<ModelCall>().Where(c => c.OwnerId == republic.Ada.Id).ToListAsync(Ct))
                is { Count: >= 2 } stored
                ? stored
                : null
        );
        Assert.All(calls, call => Assert.Equal((CallPurpose.Knowledge, "vendor-embed"), (call.Purpose, call.Model)));
    }

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private async Task<SearchAnswer> SearchAsync(Collection collection, string query)
    {
        var answer = await Search.SearchAsync(collection.OwnerId, [collection.Id], query, 10, Ct);
        Assert.True(answer.Ok, answer.Failure?.Message);
        return answer.Value;
    }

    private async Task<Collection> IndexedAsync(Guid owner, params string[] passages)
    {
        var collection = await republic.NewCollectionAsync(owner, model: Model);
        await republic.NewDocumentAsync(collection, passages);
        await EmbedAsync(owner, collection);
        return collection;
    }

    private async Task EmbedAsync(Guid owner, Collection collection)
    {
        var made = await republic
            .Services.GetRequiredService<PassageEmbedder>()
            .EmbedAsync(owner, Model, await republic.TextsAsync(collection), null, Ct);
        Assert.True(made.Ok, made.Failure?.Message);
    }
}
