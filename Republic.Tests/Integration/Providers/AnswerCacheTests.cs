using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>Questions of <c>/v1</c> that were asked before.</summary>
public sealed class AnswerCacheTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private const string Hi = OutsideClient.Hi;
    private const string StreamHi = """{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    private const string Cut =
        """{"id":"c1","object":"chat.completion","model":"vendor-model","choices":[{"index":0,"message":{"role":"assistant","content":"Hel"},"finish_reason":"length"}]}""";
    private const string Empty =
        """{"id":"c1","object":"chat.completion","model":"vendor-model","choices":[{"index":0,"message":{"role":"assistant","content":""},"finish_reason":"stop"}]}""";

    private readonly FakeVendor vendor = new();
    private Inhabitant person = null!;
    private TestMinion minion = null!;
    private OutsideClient client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Hi, Hi)]
    [InlineData(Hi, StreamHi)]
    [InlineData(StreamHi, Hi)]
    [InlineData(StreamHi, StreamHi)]
    public async Task The_same_question_gets_the_same_answer_in_either_form_and_nobody_is_asked(string first, string second)
    {
        vendor.Answers("Hel", "lo");
        var (miss, said) = await AskAsync(first);
        vendor.Answers("Another");
        var (hit, again) = await AskAsync(second);

        Assert.Equal(("miss", "hit"), (Header(miss, "x-republic-cache"), Header(hit, "x-republic-cache")));
        Assert.Equal(("Hello", "Hello"), (said, again));
        Assert.Equal(
            ("vendor-model", "0", "0"),
            (Header(hit, "x-republic-model"), Header(hit, "x-republic-cost"), Header(hit, "x-republic-hops"))
        );
        Assert.Single(vendor.Requests);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Calls_of_tools_come_back_in_either_form(bool first, bool second)
    {
        var wire = new OpenAiWire();
        vendor.AnswersJson(wire.WholeCall, wire.StreamedCall);

        await AskAsync(first ? StreamHi : Hi);
        using var hit = await client.ChatAsync(second ? StreamHi : Hi);
        var text = await hit.Content.ReadAsStringAsync(Ct);

        Assert.Equal("hit", Header(hit, "x-republic-cache"));
        var choice = JsonNode.Parse(second ? text.Split("\n\n")[0]["data: ".Length..] : text)!["choices"]![0]!;
        var call = (choice["delta"] ?? choice["message"])!["tool_calls"]![0]!;
        Assert.Equal(("call_7", "weather"), ((string?)call["id"], (string?)call["function"]!["name"]));
        Assert.Equal("Köln", (string?)JsonNode.Parse((string)call["function"]!["arguments"]!)!["city"]);
        Assert.Equal("tool_calls", (string?)choice["finish_reason"]);
    }

    [Fact]
    public async Task A_minion_that_does_not_say_so_asks_every_time()
    {
        using var other = new OutsideClient(republic.Address, (await person.NewMinionAsync("forgetful", vendor)).Key);

        using var first = await other.ChatAsync(Hi);
        using var second = await other.ChatAsync(Hi);

        Assert.Equal((null, null), (Header(first, "x-republic-cache"), Header(second, "x-republic-cache")));
        Assert.Equal(2, vendor.Requests.Count);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Hi!"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"temperature":0.1}""")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"max_tokens":5}""")]
    public async Task Another_question_is_asked(string other)
    {
        await AskAsync(Hi);
        var (answer, _) = await AskAsync(other);

        Assert.Equal("miss", Header(answer, "x-republic-cache"));
        Assert.Equal(2, vendor.Requests.Count);
    }

    [Theory]
    [InlineData("system_prompt", "\"You are terse.\"")]
    [InlineData("temperature", "0.3")]
    [InlineData("cache_minutes", "30")]
    [InlineData("description", "\"Another one\"")]
    public async Task A_minion_that_was_saved_has_forgotten(string field, string value)
    {
        await AskAsync(Hi);
        vendor.Answers("Another");
        await person.Api.PutAsync($"/api/minions/{minion.Id}", new JsonObject { [field] = JsonNode.Parse(value) });

        Assert.Equal("Another", (await AskAsync(Hi)).Text);
        Assert.Equal("hit", Header((await AskAsync(Hi)).Response, "x-republic-cache"));
        Assert.Equal(2, vendor.Requests.Count);
    }

    [Fact]
    public async Task What_one_minion_answered_no_other_knows()
    {
        var stranger = await republic.NewPersonAsync($"S{Guid.CreateVersion7():n}");
        await AskAsync(Hi);
        vendor.Answers("Yours");

        foreach (var whose in new[] { person, stranger })
        {
            var other = await whose.NewMinionAsync("sibling", vendor, new JsonObject { ["display_name"] = "Sage", ["cache_minutes"] = 60 });
            using var caller = new OutsideClient(republic.Address, other.Key);
            Assert.Equal("Yours", (string?)(await caller.AnswerAsync(Hi))["choices"]![0]!["message"]!["content"]);
        }

        Assert.Equal(3, vendor.Requests.Count);
    }

    [Theory]
    [InlineData(Hi)]
    [InlineData(StreamHi)]
    public async Task What_failed_broke_off_was_cut_short_or_is_empty_is_not_remembered(string body)
    {
        vendor.Refuses(HttpStatusCode.BadRequest, "No");
        await client.ErrorAsync(400, "/v1/chat/completions", body);
        vendor.CutsAfter("Hel");
        await AskAsync(StreamHi);
        vendor.AnswersJson(Cut, Say.Piece("Hel"), Say.Finish.Replace("\"stop\"", "\"length\""), Say.Done);
        await AskAsync(body);
        vendor.AnswersJson(Empty, Say.Piece(""), Say.Finish, Say.Done);
        await AskAsync(body);
        vendor.AnswersJson(
            """{"error":{"message":"broken"}}""",
            Say.Piece("Hel"),
            "data: {\"error\":{\"message\":\"broken\"}}\n\n",
            Say.Done
        );
        (await client.ChatAsync(body)).Dispose();
        vendor.Answers("Hello");

        var (answer, text) = await AskAsync(body);

        Assert.Equal(("miss", "Hello"), (Header(answer, "x-republic-cache"), text));
        Assert.Equal("hit", Header((await AskAsync(body)).Response, "x-republic-cache"));
    }

    [Fact]
    public async Task A_stream_that_its_reader_leaves_is_not_remembered()
    {
        var hand = vendor.AnswersByHand();
        using (var leaver = new OutsideClient(republic.Address, minion.Key))
        {
            var asking = leaver.ChatAsync(StreamHi);
            await hand.Asked;
            hand.Says("Hel");
            (await asking).Dispose();
        }

        await hand.ClientGone;
        vendor.Answers("Hello");

        Assert.Equal("Hello", (await AskAsync(StreamHi)).Text);
    }

    [Fact]
    public async Task No_store_leaves_nothing_behind_and_no_cache_asks_and_remembers_the_new_answer()
    {
        await AskAsync(Hi, "no-store");
        vendor.Answers("Second");
        Assert.Equal("Second", (await AskAsync(Hi)).Text);
        vendor.Answers("Third");
        Assert.Equal("Second", (await AskAsync(Hi, "no-store")).Text);

        var (asked, third) = await AskAsync(Hi, "max-age=0, No-Cache");

        Assert.Equal(("miss", "Third"), (Header(asked, "x-republic-cache"), third));
        vendor.Answers("Fourth");
        Assert.Equal("Third", (await AskAsync(Hi)).Text);
        Assert.Equal("Fourth", (await AskAsync(Hi, "no-cache, no-store")).Text);
        Assert.Equal("Third", (await AskAsync(Hi)).Text);
        Assert.Equal(4, vendor.Requests.Count);
    }

    [Fact]
    public async Task A_fallbacks_answer_is_remembered_as_its_own()
    {
        await using var spare = new FakeVendor();
        vendor.Refuses(HttpStatusCode.ServiceUnavailable, "no room");
        var fallback = new JsonObject
        {
            ["provider"] = "custom",
            ["model_id"] = "spare-model",
            ["base_url"] = spare.BaseUrl.ToString(),
        };
        await person.Api.PutAsync($"/api/minions/{minion.Id}", new JsonObject { ["fallbacks"] = new JsonArray(fallback) });

        await AskAsync(Hi);
        var (hit, _) = await AskAsync(Hi);

        Assert.Equal(("hit", "spare-model"), (Header(hit, "x-republic-cache"), Header(hit, "x-republic-model")));
        Assert.Single(spare.Requests);
    }

    [Fact]
    public async Task Embeddings_are_remembered_too()
    {
        var sprout = await person.NewMinionAsync("sprout", more: new JsonObject { ["cache_minutes"] = 60 });
        using var own = new OutsideClient(republic.Address, sprout.Key);

        using var miss = await own.SendAsync("/v1/embeddings", """{"input":"one"}""");
        var vector = await miss.Content.ReadAsStringAsync(Ct);
        using var hit = await own.SendAsync("/v1/embeddings", """{"input":"one"}""");
        using var other = await own.SendAsync("/v1/embeddings", """{"input":"two"}""");

        Assert.Contains("embedding", vector);
        Assert.Equal(vector, await hit.Content.ReadAsStringAsync(Ct));
        Assert.Equal(["miss", "hit", "miss"], new[] { miss, hit, other }.Select(response => Header(response, "x-republic-cache")));
    }

    public async ValueTask InitializeAsync()
    {
        person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():n}");
        minion = await person.NewMinionAsync("sage", vendor, new JsonObject { ["cache_minutes"] = 60 });
        client = new OutsideClient(republic.Address, minion.Key);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return vendor.DisposeAsync();
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;

    private async Task<(HttpResponseMessage Response, string Text)> AskAsync(string body, string? wish = null)
    {
        var response = await client.ChatAsync(body, wish is null ? [] : [("Cache-Control", wish)]);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, text);
        return (response, body == Hi || !body.Contains("stream") ? Said(text) : Streamed(text));
    }

    private static string Said(string json) => (string?)JsonNode.Parse(json)!["choices"]![0]!["message"]!["content"] ?? "";

    private static string Streamed(string text) =>
        string.Concat(
            text.Split('\n')
                .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                .Select(line =>
                    (string?)JsonNode.Parse(line["data: ".Length..])!["choices"]!.AsArray().FirstOrDefault()?["delta"]?["content"]
                )
        );
}
