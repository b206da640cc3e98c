using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Vectors.Chroma;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Against the real server.</summary>
public sealed class ChromaTests(ChromaWorld republic) : IClassFixture<ChromaWorld>, IAsyncDisposable
{
    private const string Collections = "/api/v2/tenants/default_tenant/databases/default_database/collections";
    private readonly FakeVendor vendor = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EmbeddingModel Model => new("custom", "vendor-embed", vendor.BaseUrl.AbsoluteUri);

    [Fact]
    public async Task Passages_are_found_there_by_meaning_and_changes_at_once()
    {
        vendor.Embeds();
        var collection = await IndexedAsync(republic.Jonas.Id, "A cat sleeps.", "The alps are high.", "Soup is warm.");
        var hit = (await SearchAsync(collection, "feline")).Hits[0];
        Assert.Equal(("A cat sleeps.", 1), (hit.Text, hit.SemanticRank));
        Assert.Equal(1, hit.Similarity!.Value, 3);
        Assert.InRange(hit.Score, 0.9, 1);
        var other = await republic.NewDocumentAsync(collection, "Pay the bill.");
        await EmbedAsync(collection);
        Assert.Equal("Pay the bill.", (await SearchAsync(collection, "invoice")).Hits[0].Text);

        await republic.ReplaceAsync(other, "Walk to the summit.", "A kitten plays.");
        await EmbedAsync(collection);

        var answer = await SearchAsync(collection, "feline");
        Assert.Null(answer.LexicalAlone);
        Assert.Equal(["A cat sleeps.", "A kitten plays."], answer.Hits.Take(2).Select(found => found.Text).Order());
        await republic.QueryAsync(db => db.Documents.Where(d => d.Id == other.Id).ExecuteDeleteAsync(Ct));
        Assert.Equal(3, (await SearchAsync(collection, "feline")).Hits.Count);
        Assert.Equal(3, (await RowsAsync(collection)).Count);
    }

    [Fact]
    public async Task Each_person_has_collections_of_their_own_there_under_names_that_say_nothing()
    {
        vendor.Embeds();
        var hers = await IndexedAsync(republic.Ada.Id, "Ada's marker: a cat.");
        var his = await IndexedAsync(republic.Mira.Id, "Mira's car.");
        await SearchAsync(hers, "feline");

        Assert.Equal("Mira's car.", Assert.Single((await SearchAsync(his, "feline")).Hits).Text);
        var stolen = await Search.SearchAsync(republic.Mira.Id, [hers.Id], "feline", 5, Ct);
        Assert.Equal(FailureKind.NotFound, stolen.Failure!.Kind);
        Assert.NotEqual(await NameAsync(hers), await NameAsync(his));
        Assert.DoesNotContain(hers.Id.ToString("N"), await NameAsync(hers));
        Assert.All(await RowsAsync(hers), owner => Assert.Equal(republic.Ada.Id, owner));
    }

    [Fact]
    public async Task A_server_that_is_away_leaves_words_and_one_that_lost_everything_is_filled_again()
    {
        vendor.Embeds();
        var collection = await IndexedAsync(republic.Jonas.Id, "A cat sleeps.", "The alps are high.");
        await SearchAsync(collection, "feline");
        await republic.Chroma.StopAsync();

        var away = await SearchAsync(collection, "cat");
        await republic.Chroma.LoseEverythingAsync();
        await republic.Chroma.StartAsync();
        var back = await SearchAsync(collection, "feline");

        Assert.Equal("A cat sleeps.", Assert.Single(away.Hits).Text);
        Assert.StartsWith("The Chroma server cannot be reached", away.LexicalAlone);
        Assert.Null(back.LexicalAlone);
        Assert.Equal("A cat sleeps.", back.Hits[0].Text);
    }

    [Fact]
    public async Task What_a_deleted_collection_left_there_is_taken_away()
    {
        vendor.Embeds();
        var (kept, deleted) = (await IndexedAsync(republic.Jonas.Id, "A cat."), await IndexedAsync(republic.Jonas.Id, "A car."));
        await SearchAsync(kept, "feline");
        await SearchAsync(deleted, "automobile");
        Assert.NotNull(await NameAsync(deleted));
        await republic.QueryAsync(db => db.Collections.Where(c => c.Id == deleted.Id).ExecuteDeleteAsync(Ct));

        await republic.Services.GetRequiredService<ChromaSweep>().SweepAsync(Ct);

        Assert.Null(await NameAsync(deleted));
        Assert.NotNull(await NameAsync(kept));
    }

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private KnowledgeSearch Search => republic.Services.GetRequiredService<KnowledgeSearch>();

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
        await EmbedAsync(collection);
        return collection;
    }

    private async Task EmbedAsync(Collection collection)
    {
        var texts = await republic.TextsAsync(collection);
        var made = await republic.Services.GetRequiredService<PassageEmbedder>().EmbedAsync(collection.OwnerId, Model, texts, null, Ct);
        Assert.True(made.Ok, made.Failure?.Message);
    }

    /// <summary>What the server calls the place of this collection; null where it has none.</summary>
    private async Task<string?> NameAsync(Collection collection) => (string?)(await FindAsync(collection))?.GetProperty("name").GetString();

    /// <summary>Whose the rows are that the server holds of it.</summary>
    private async Task<List<Guid>> RowsAsync(Collection collection)
    {
        using var http = new HttpClient { BaseAddress = republic.Chroma.Url };
        var id = (await FindAsync(collection))!.Value.GetProperty("id").GetString();
        using var response = await http.PostAsJsonAsync($"{Collections}/{id}/get", new { include = new[] { "metadatas" } }, Ct);
        var rows = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return [.. rows.GetProperty("metadatas").EnumerateArray().Select(row => row.GetProperty("owner").GetGuid())];
    }

    private async Task<JsonElement?> FindAsync(Collection collection)
    {
        using var http = new HttpClient { BaseAddress = republic.Chroma.Url };
        var all = await http.GetFromJsonAsync<List<JsonElement>>($"{Collections}?limit=1000", Ct);
        return all!
            .Cast<JsonElement?>()
            .FirstOrDefault(found => found!.Value.GetProperty("metadata").GetProperty("collection").GetGuid() == collection.Id);
    }
}
