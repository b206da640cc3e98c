using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary><c>/v1</c> as any HTTP client sees it.</summary>
public sealed class OpenAiApiTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private const string Hi = OutsideClient.Hi;
    private const string StreamHi = """{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""";

    private readonly FakeVendor vendor = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_minions_key_speaks_to_that_minion_with_its_character_and_its_settings()
    {
        var minion = await republic.Mira.NewMinionAsync(
            "grafana",
            vendor,
            new JsonObject
            {
                ["personality"] = "Dry wit",
                ["temperature"] = 0.6,
                ["top_p"] = 0.95,
                ["max_tokens"] = 77,
            }
        );
        using var client = Outside(minion.Key);

        var answer = await client.AnswerAsync("""{"model":"gpt-of-dreams","messages":[{"role":"user","content":"Hi"}]}""");

        Assert.Equal("Hello", (string?)answer["choices"]![0]!["message"]!["content"]);
        Assert.Equal(10, (int?)answer["usage"]!["total_tokens"]);
        var sent = vendor.LastRequest.Body!;
        Assert.Equal("vendor-model", (string?)sent["model"]);
        Assert.Equal("system", (string?)sent["messages"]![0]!["role"]);
        Assert.Contains("You are Grafana", (string?)sent["messages"]![0]!["content"]);
        Assert.Contains("Dry wit", (string?)sent["messages"]![0]!["content"]);
        Assert.Equal((0.6, 0.95, 77), ((double)sent["temperature"]!, (double)sent["top_p"]!, (int)sent["max_tokens"]!));
        Assert.Equal($"Bearer {FakeVendor.Key}", vendor.LastRequest.Authorization);
    }

    [Fact]
    public async Task A_streamed_answer_has_choices_in_every_frame_usage_in_the_last_and_a_receipt()
    {
        vendor.Answers("Hel", "lo");
        var minion = await republic.Mira.NewMinionAsync("streamer", vendor);
        using var client = Outside(minion.Key);

        using var response = await client.ChatAsync(StreamHi);
        var frames = await OutsideClient.FramesAsync(response);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("[DONE]", frames[^1]);
        Assert.All(frames[..^1], frame => Assert.NotEmpty(JsonNode.Parse(frame)!["choices"]!.AsArray()));
        Assert.Equal(
            "Hello",
            string.Concat(
                frames[..^1].Select(frame => (string?)JsonNode.Parse(frame)!["choices"]!.AsArray().FirstOrDefault()?["delta"]?["content"])
            )
        );
        Assert.Equal(10, (int?)JsonNode.Parse(frames[^2])!["usage"]!["total_tokens"]);
        Assert.True((bool?)vendor.LastRequest.Body!["stream_options"]!["include_usage"]);
        Assert.Equal(("custom", "vendor-model", "unknown", "1"), (Header("provider"), Header("model"), Header("cost"), Header("hops")));

        string Header(string name) => Assert.Single(response.Headers.GetValues($"x-republic-{name}"));
    }

    [Fact]
    public async Task Each_piece_is_given_on_before_the_next_one_comes()
    {
        var hand = vendor.AnswersByHand();
        var minion = await republic.Mira.NewMinionAsync("slow", vendor);
        using var client = Outside(minion.Key);
        hand.Says("first");

        using var response = await client.ChatAsync(StreamHi);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Ct));
        Assert.Contains("first", await reader.ReadLineAsync(Ct));
        hand.Says("second");
        Assert.Equal("", await reader.ReadLineAsync(Ct));
        Assert.Contains("second", await reader.ReadLineAsync(Ct));
        hand.Ends();

        Assert.EndsWith("data: [DONE]\n\n", await reader.ReadToEndAsync(Ct));
    }

    [Fact]
    public async Task Many_calls_at_once_are_all_answered_and_all_counted()
    {
        const int clients = 16;
        const int calls = 10;
        var minion = await republic.Mira.NewMinionAsync("crowded", vendor);

        await Parallel.ForAsync(
            0,
            clients,
            new ParallelOptions { MaxDegreeOfParallelism = clients, CancellationToken = Ct },
            async (_, _) =>
            {
                using var client = Outside(minion.Key);
                for (var call = 0; call < calls; call++)
                {
                    await client.AnswerAsync(Hi);
                }
            }
        );

        await Until.TrueAsync(async () => await CountsAsync(minion) == (clients * calls, clients * calls));
    }

    [Fact]
    public async Task A_client_that_hangs_up_ends_the_call_upstream_and_the_query_did_not_succeed()
    {
        var hand = vendor.AnswersByHand();
        var minion = await republic.Mira.NewMinionAsync("left-alone", vendor);
        var client = Outside(minion.Key);
        hand.Says("first");
        using (await client.ChatAsync(StreamHi)) { }

        client.Dispose();

        await hand.ClientGone;
        await Until.TrueAsync(async () => await CountsAsync(minion) == (1, 0));
    }

    [Fact]
    public async Task The_built_in_model_answers_streams_and_embeds()
    {
        var minion = await republic.Mira.NewMinionAsync("sprout");
        using var client = Outside(minion.Key);

        var answer = await client.AnswerAsync("""{"max_tokens":8,"messages":[{"role":"user","content":"Hello"}]}""");
        using var stream = await client.ChatAsync("""{"stream":true,"max_tokens":8,"messages":[{"role":"user","content":"Hello"}]}""");
        var frames = await OutsideClient.FramesAsync(stream);
        using var embedding = await client.SendAsync("/v1/embeddings", """{"input":["one","two"]}""");
        var vectors = JsonNode.Parse(await embedding.Content.ReadAsStringAsync(Ct))!["data"]!.AsArray();

        Assert.NotEqual("", (string?)answer["choices"]![0]!["message"]!["content"]);
        Assert.InRange((int)answer["usage"]!["completion_tokens"]!, 1, 8);
        Assert.Equal("[DONE]", frames[^1]);
        Assert.InRange((int)JsonNode.Parse(frames[^2])!["usage"]!["completion_tokens"]!, 1, 8);
        Assert.Equal("0", Assert.Single(stream.Headers.GetValues("x-republic-cost")));
        Assert.Equal(2, vectors.Count);
        Assert.NotEmpty(vectors[0]!["embedding"]!.AsArray());
        await Until.TrueAsync(async () => await CountsAsync(minion) == (3, 3));
    }

    [Fact]
    public async Task Raw_leaves_the_character_out_for_a_person_or_where_the_minion_allows_it()
    {
        var closed = await republic.Mira.NewMinionAsync("closed", vendor);
        var open = await republic.Mira.NewMinionAsync("open", vendor, new JsonObject { ["allow_raw"] = true });
        using var withKey = Outside(open.Key);
        using var withToken = Outside(await TokenAsync(republic.Mira));
        using var refused = Outside(closed.Key);
        var raw = ("x-republic-raw", "true");

        await withKey.AnswerAsync(Hi, raw);
        Assert.Equal("Hi", (string?)Assert.Single(vendor.LastRequest.Body!["messages"]!.AsArray())!["content"]);
        await withToken.AnswerAsync(Named(closed.RepublicId), raw);
        Assert.Equal("Hi", (string?)Assert.Single(vendor.LastRequest.Body!["messages"]!.AsArray())!["content"]);
        await refused.ErrorAsync(403, "/v1/chat/completions", Hi, raw);
        await withKey.AnswerAsync(Hi, ("x-republic-raw", "false"));
        Assert.Equal(2, vendor.LastRequest.Body!["messages"]!.AsArray().Count);
    }

    [Fact]
    public async Task No_field_of_a_request_moves_the_call_to_another_server()
    {
        await using var collector = new RawUpstream();
        var minion = await republic.Mira.NewMinionAsync("steady", vendor);
        using var client = Outside(minion.Key);
        var evil = collector.BaseUrl.AbsoluteUri;

        await client.AnswerAsync(
            $$$"""{"api_base":"{{{evil}}}","base_url":"{{{evil}}}","user_config":{"api_base":"{{{evil}}}","models":[{"base_url":"{{{evil}}}"}]},"extra_body":{"api_base":"{{{evil}}}"},"model":"{{{evil}}}","messages":[{"role":"user","content":"Hi","api_base":"{{{evil}}}"}]}"""
        );

        Assert.Empty(collector.Requests);
        Assert.Equal(["model", "messages"], vendor.LastRequest.Body!.AsObject().Select(field => field.Key));
    }

    [Theory]
    [InlineData("/v1/nothing", null)]
    [InlineData("/v1", null)]
    [InlineData("/v1/chat/completions", null)]
    [InlineData("/v1/completions", "{}")]
    public async Task What_is_not_there_is_a_404_in_the_same_shape(string path, string? body)
    {
        using var client = Outside(null);

        Assert.Equal("unknown_url", (string?)(await client.ErrorAsync(404, path, body))["code"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_large_is_refused_in_the_same_shape(bool announced)
    {
        var minion = await republic.Mira.NewMinionAsync($"large-{announced}", vendor);
        using var client = Outside(minion.Key);
        using var body = new StreamContent(new MemoryStream(new byte[(16 << 20) + 1]));
        body.Headers.ContentLength = announced ? (16 << 20) + 1 : null;

        try
        {
            using var response = await client.SendAsync(
                "/v1/chat/completions",
                body,
                announced ? ("Expect", "100-continue") : ("Transfer-Encoding", "chunked")
            );
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
            Assert.Equal("invalid_request_error", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["error"]!["type"]);
        }
        catch (HttpRequestException)
        {
            // The server may close before all was sent, and then the client does not get to read why.
        }

        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task Vectors_come_from_the_minions_own_model_or_from_none()
    {
        await using var spare = new FakeVendor();
        spare.Embeds();
        vendor.Refuses(HttpStatusCode.ServiceUnavailable, "no room");
        var fallback = new JsonObject
        {
            ["provider"] = "custom",
            ["model_id"] = "spare-model",
            ["base_url"] = spare.BaseUrl.ToString(),
        };
        var more = new JsonObject { ["fallbacks"] = new JsonArray(fallback), ["fallback_consent"] = true };
        var minion = await republic.Mira.NewMinionAsync("vectors", vendor, more);
        using var client = Outside(minion.Key);

        await client.ErrorAsync(503, "/v1/embeddings", """{"input":["one"]}""");

        Assert.Empty(spare.Requests);
    }

    [Fact]
    public async Task A_paused_minion_says_so()
    {
        var minion = await republic.Mira.NewMinionAsync("paused", vendor, new JsonObject { ["is_active"] = false });
        using var client = Outside(minion.Key);

        using var response = await client.ChatAsync(Hi);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["error"]!;

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("paused", (string?)error["message"]);
        Assert.Equal("minion_unavailable", (string?)error["code"]);
        // OpenAI's clients ask again after a 409 otherwise.
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private static string Named(string republicId) => $$"""{"model":"{{republicId}}","messages":[{"role":"user","content":"Hi"}]}""";

    private static async Task<string> TokenAsync(Inhabitant person) =>
        (string)(await person.Api.PostAsync("/api/account/tokens", new { name = "test" }))["token"]!;

    private OutsideClient Outside(string? key) => new(republic.Address, key);

    private async Task<(long, long)> CountsAsync(TestMinion minion) =>
        await republic.QueryAsync(async db =>
        {
            var found = await db.Minions.AsNoTracking().SingleAsync(m => m.Id == minion.Id, Ct);
            return (found.TotalQueries, found.SuccessfulQueries);
        });
}
