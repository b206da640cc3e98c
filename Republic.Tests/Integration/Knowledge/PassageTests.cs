using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Passages changed by hand, over the API.</summary>
public sealed class PassageTests(SharedRepublic world) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private const string Text = "# Lamps\n\nThe first lamp glows. The second lamp is dark.\n\n# Chairs\n\nThe chair is red.";

    private string collection = "";
    private string document = "";

    private Inhabitant Person => world.Jonas;

    private string Passages => KnowledgeWorld.PathOf(Person, $"/{collection}/documents/{document}/passages");

    public async ValueTask InitializeAsync()
    {
        collection = (await KnowledgeWorld.CollectionAsync(Person, "Furniture", ("furniture.md", Text)))["id"]!.GetValue<string>();
        var documents = await Person.Api.GetAsync(KnowledgeWorld.PathOf(Person, $"/{collection}/documents"));
        document = documents["documents"]![0]!["id"]!.GetValue<string>();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_changed_passage_is_found_by_its_new_words_and_not_by_its_old()
    {
        var passage = (await ReadAsync())[0];

        var changed = await Person.Api.PutAsync($"{Passages}/{Id(passage)}", new { text = "  A candle\r\nburns. " });

        Assert.Equal("A candle\nburns.", changed["passage"]!["text"]!.GetValue<string>());
        Assert.True(changed["passage"]!["is_edited"]!.GetValue<bool>());
        Assert.Equal(Id(passage), await FirstHitAsync("candle"));
        Assert.Null(await FirstHitAsync("glows"));
        Assert.Equal(2, await RevisionAsync());
    }

    [Fact]
    public async Task A_split_passage_is_two_with_places_of_their_own_and_merging_makes_it_one_again()
    {
        var whole = (await ReadAsync())[0];
        var at = whole["text"]!.GetValue<string>().IndexOf("The second", StringComparison.Ordinal);

        await Person.Api.PostAsync($"{Passages}/{Id(whole)}/split", new { at });

        var three = await ReadAsync();
        Assert.Equal(
            ["The first lamp glows.", "The second lamp is dark.", "The chair is red."],
            three.Select(p => p["text"]!.GetValue<string>())
        );
        Assert.Equal([0, 1, 2], three.Select(p => p["ordinal"]!.GetValue<int>()));
        Assert.All(three, InItsPlace);
        await Person.Api.PostAsync($"{Passages}/{Id(three[0])}/merge");
        var two = await ReadAsync();
        Assert.Equal([whole["text"]!.GetValue<string>(), "The chair is red."], two.Select(p => p["text"]!.GetValue<string>()));
        Assert.All(two, InItsPlace);
        Assert.Equal(3, await RevisionAsync());
        await Person.Api.PostAsync($"{Passages}/{Id(two[0])}/merge");
        Assert.Equal(
            "The first lamp glows. The second lamp is dark.\n\nChairs\n\nThe chair is red.",
            Assert.Single(await ReadAsync())["text"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task Changed_passages_merge_and_split_too()
    {
        var passages = await ReadAsync();
        await Person.Api.PutAsync($"{Passages}/{Id(passages[0])}", new { text = "By hand. And more by hand." });

        await Person.Api.PostAsync($"{Passages}/{Id(passages[0])}/merge");
        var merged = Assert.Single(await ReadAsync());
        Assert.Equal("By hand. And more by hand.\n\nThe chair is red.", merged["text"]!.GetValue<string>());

        await Person.Api.PostAsync($"{Passages}/{Id(merged)}/split", new { at = 9 });
        var two = await ReadAsync();
        Assert.Equal(["By hand.", "And more by hand.\n\nThe chair is red."], two.Select(p => p["text"]!.GetValue<string>()));
        Assert.Equal(Number(two[1], "offset") + Number(two[1], "length"), Number(passages[1], "offset") + Number(passages[1], "length"));
    }

    [Fact]
    public async Task A_deleted_passage_is_not_found_and_the_others_move_up()
    {
        var passages = await ReadAsync();

        using (var deleted = await Person.Api.SendAsync(HttpMethod.Delete, $"{Passages}/{Id(passages[0])}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        Assert.Equal(0, Number(Assert.Single(await ReadAsync()), "ordinal"));
        Assert.Null(await FirstHitAsync("glows"));
        var counted = await Person.Api.GetAsync(KnowledgeWorld.PathOf(Person, $"/{collection}"));
        Assert.Equal(1, counted["collection"]!["passage_count"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("text", "")]
    [InlineData("text", "a\u0000b")]
    public async Task What_is_no_text_is_refused(string field, string text)
    {
        var problem = await Person.Api.ProblemAsync(400, HttpMethod.Put, $"{Passages}/{Id((await ReadAsync())[0])}", new { text });

        Assert.NotNull(problem["errors"]![field]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(10_000)]
    public async Task A_passage_is_split_inside_its_text_alone(int at) =>
        await Person.Api.ProblemAsync(400, HttpMethod.Post, $"{Passages}/{Id((await ReadAsync())[0])}/split", new { at });

    [Fact]
    public async Task The_last_passage_has_no_next() =>
        await Person.Api.ProblemAsync(409, HttpMethod.Post, $"{Passages}/{Id((await ReadAsync())[1])}/merge");

    [Fact]
    public async Task While_the_document_is_cut_its_passages_stay_as_they_are()
    {
        var passage = Id((await ReadAsync())[0]);
        var id = Guid.Parse(document);
        await world.QueryAsync(db =>
            db.Jobs.Where(j => j.Id == db.Documents.Single(d => d.Id == id).JobId)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(j => j.Status, Republic.Core.Jobs.JobStatus.Running)
                        .SetProperty(j => j.HeartbeatAt, TimeProvider.System.GetUtcNow().AddMinutes(5))
                )
        );

        var problem = await Person.Api.ProblemAsync(409, HttpMethod.Put, $"{Passages}/{passage}", new { text = "By hand." });

        Assert.Contains("being indexed", problem["detail"]!.GetValue<string>());
    }

    private static void InItsPlace(JsonNode passage) =>
        Assert.Equal(
            passage["text"]!.GetValue<string>(),
            Text.Replace("# ", "").Substring(Number(passage, "offset"), Number(passage, "length"))
        );

    private static int Number(JsonNode passage, string field) => passage[field]!.GetValue<int>();

    private static string Id(JsonNode passage) => passage["id"]!.GetValue<string>();

    private Task<IReadOnlyList<JsonNode>> ReadAsync() => KnowledgeWorld.PassagesAsync(Person, collection, document);

    private async Task<int> RevisionAsync() =>
        (await Person.Api.GetAsync(KnowledgeWorld.PathOf(Person, $"/{collection}/documents/{document}")))["document"]![
            "revision"
        ]!.GetValue<int>();

    private async Task<string?> FirstHitAsync(string query)
    {
        var found = await Person.Api.PostAsync(KnowledgeWorld.PathOf(Person, $"/{collection}/search"), new { query });
        return found["hits"]!.AsArray().FirstOrDefault()?["passage_id"]!.GetValue<string>();
    }
}
