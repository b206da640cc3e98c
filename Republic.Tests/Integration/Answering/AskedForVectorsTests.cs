using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Embedding;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Answering;

/// <summary>A question goes to an embedding model before the minion's own: the answer says to which, where, and for how much.</summary>
public sealed class AskedForVectorsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncDisposable
{
    private const string Garage = "How to park your automobile in winter.";

    private readonly FakeVendor vectors = new();
    private readonly Inhabitant ada = republic.Ada;

    private EmbeddingModel Model => new("custom", "meaning-1", vectors.BaseUrl.ToString());

    [Fact]
    public async Task The_knowledge_stage_says_who_was_asked_for_the_questions_vector_and_the_cost_has_it_in_it()
    {
        await using var vendor = new FakeVendor();
        var minion = await LinkedAsync("meant", vendor);
        foreach (var (model, input) in new[] { ("meaning-1", 100_000), ("vendor-model", 0) })
        {
            await ada.Api.PostAsync(
                $"/api/users/{ada.Id}/prices",
                new
                {
                    provider = "custom",
                    model,
                    input,
                    output = 0,
                }
            );
        }

        var chat = await Chat.BeginAsync(ada, minion.Id);

        var answer = await chat.AskAsync("Where does the car sleep?");

        var stage = Stage(answer, "knowledge");
        var attempt = Assert.Single(stage["hops"]!.AsArray())!;
        Assert.Equal(
            ("custom", "meaning-1", "answered", false),
            ((string)attempt["provider"]!, (string)attempt["model"]!, (string)attempt["outcome"]!, (bool)attempt["left_machine"]!)
        );
        Assert.Equal(("meaning-1", false), ((string)stage["model"]!, (bool)stage["left_machine"]!));
        // Three tokens.
        Assert.Equal(0.3m, (decimal)stage["cost"]!);
        Assert.Equal(0.3m, (decimal)answer["cost"]!);
    }

    [Fact]
    public async Task A_model_that_fails_is_named_too_and_why_words_alone_were_used()
    {
        await using var vendor = new FakeVendor();
        var minion = await LinkedAsync("mute", vendor);
        vectors.Refuses(System.Net.HttpStatusCode.Unauthorized, "no such key");
        var chat = await Chat.BeginAsync(ada, minion.Id);

        var stage = Stage(await chat.AskAsync("Where do I park my automobile?"), "knowledge");

        Assert.Equal("failed", (string)stage["hops"]![0]!["outcome"]!);
        Assert.Contains("no such key", (string)stage["reason"]!);
        Assert.Equal("done", (string)stage["status"]!);
    }

    [Fact]
    public async Task An_outside_clients_receipt_counts_it()
    {
        await using var vendor = new FakeVendor();
        var minion = await LinkedAsync("outside", vendor);
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var answer = await client.ChatAsync("""{"messages":[{"role":"user","content":"Where does the car sleep?"}]}""");
        using var unknown = await client.ChatAsync("""{"messages":[{"role":"user","content":"Who cooks the broth?"}]}""");

        Assert.Equal("2", Assert.Single(answer.Headers.GetValues("x-republic-hops")));
        Assert.Equal("1", Assert.Single(unknown.Headers.GetValues("x-republic-hops")));
    }

    public ValueTask DisposeAsync() => vectors.DisposeAsync();

    private async Task<TestMinion> LinkedAsync(string name, FakeVendor vendor)
    {
        vectors.Embeds();
        var minion = await ada.NewMinionAsync(name, vendor);
        var collection = await republic.NewCollectionAsync(ada.Id, name, Model);
        await republic.NewDocumentAsync(collection, Garage);
        var made = await republic
            .Services.GetRequiredService<PassageEmbedder>()
            .EmbedAsync(ada.Id, Model, await republic.TextsAsync(collection), null, TestContext.Current.CancellationToken);
        Assert.True(made.Ok, made.Failure?.Message);
        await new LinkedKnowledge(republic, ada).LinkAsync(minion.Id, collection, answersOutside: true);
        return minion;
    }

    private static JsonNode Stage(JsonNode answer, string name) =>
        answer["trace"]!["stages"]!.AsArray().Single(stage => (string)stage!["name"]! == name)!;
}
