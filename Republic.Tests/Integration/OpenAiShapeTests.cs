using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>Answers and errors of <c>/v1</c> as OpenAI's own have them, and what a client that is set up wrongly is told.</summary>
public sealed class OpenAiShapeTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private const string Chat = "/v1/chat/completions";

    private readonly FakeVendor vendor = new();
    private TestMinion minion = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_names_its_request_and_no_two_have_one_name()
    {
        using var client = new OutsideClient(republic.Address, minion.Key);
        using var stranger = new OutsideClient(republic.Address, null);
        HttpResponseMessage[] answers =
        [
            await client.ChatAsync(OutsideClient.Hi),
            await client.ChatAsync("""{"stream":true,"messages":[{"role":"user","content":"Hi"}]}"""),
            await client.ChatAsync("garbage", ("x-request-id", "chosen-by-the-client")),
            await client.SendAsync("/v1/models"),
            await client.SendAsync("/v1/nothing"),
            await client.SendAsync("/models"),
            await stranger.ChatAsync(OutsideClient.Hi),
        ];

        var names = answers.Select(answer => Assert.Single(answer.Headers.GetValues("x-request-id"))).ToList();

        Assert.Equal([200, 200, 400, 200, 404, 404, 401], answers.Select(answer => (int)answer.StatusCode));
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.DoesNotContain("chosen-by-the-client", names);
        foreach (var name in (string[])["limit", "remaining", "reset"])
        {
            Assert.Single(answers[0].Headers.GetValues($"x-ratelimit-{name}-requests"));
        }
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/jsonp", false)]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON; charset=utf-8", true)]
    [InlineData(null, true)]
    public async Task A_body_that_is_said_to_be_no_JSON_is_refused_with_what_to_send(string? type, bool isTaken)
    {
        using var client = new OutsideClient(republic.Address, minion.Key);
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(OutsideClient.Hi));
        body.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        using var answer = await client.SendAsync(Chat, body);

        Assert.Equal(isTaken ? 200 : 400, (int)answer.StatusCode);
        if (!isTaken)
        {
            var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["error"]!;
            Assert.Equal("unsupported_content_type", (string?)error["code"]);
            Assert.Contains("Content-Type: application/json", (string?)error["message"], StringComparison.Ordinal);
            Assert.Empty(vendor.Requests);
        }
    }

    [Fact]
    public async Task A_key_may_stand_in_x_api_key_and_a_bearer_wins_over_it()
    {
        using var bare = new OutsideClient(republic.Address, null);
        using var stranger = new OutsideClient(republic.Address, "rep_0123456789012345678901234567890123456789012");

        await bare.AnswerAsync(OutsideClient.Hi, ("x-api-key", minion.Key));
        using var models = await bare.SendAsync("/v1/models", body: (string?)null, ("x-api-key", minion.Key));
        await stranger.ErrorAsync(401, Chat, OutsideClient.Hi, ("x-api-key", minion.Key));
        await bare.ErrorAsync(401, Chat, OutsideClient.Hi, ("x-api-key", "rep_nobody"));

        Assert.Equal(HttpStatusCode.OK, models.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/chat/completions")]
    [InlineData("GET", "/chat/completions")]
    [InlineData("POST", "/embeddings")]
    [InlineData("GET", "/models")]
    public async Task A_base_url_without_v1_is_told_so_and_gets_no_page(string method, string path)
    {
        using var client = new OutsideClient(republic.Address, minion.Key);

        var error = await client.ErrorAsync(404, path, method == "POST" ? OutsideClient.Hi : null, ("Accept", "*/*"));

        Assert.Equal("unknown_url", (string?)error["code"]);
        Assert.Contains("must end in /v1", (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_minions_stays_a_page()
    {
        var browser = await republic.Mira.BrowserAsync();
        browser.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "of-a-proxy");

        Assert.Contains("<html", await browser.ReadAsync("/models"), StringComparison.Ordinal);
        Assert.Contains(
            "sign-in",
            (await republic.NewVisitor().Http.GetAsync("/models", Ct)).Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_OpenAI_always_has_is_null_where_another_protocol_has_none()
    {
        await using var upstream = new RawUpstream();
        var wire = Wire.Of("anthropic");
        upstream.Script = call =>
            call.Request.Contains("\"stream\":true", StringComparison.Ordinal)
                ? call.StreamAsync(wire.Stream("Hel", "lo"))
                : call.JsonAsync(wire.Whole("Hello"));
        var fields = new JsonObject
        {
            ["name"] = $"m{Guid.CreateVersion7():n}",
            ["provider"] = "anthropic",
            ["model_id"] = "claude",
            ["base_url"] = upstream.BaseUrl.ToString(),
            ["api_key"] = "sk-ant-0123456789",
        };
        var made = await republic.Mira.Api.PostAsync("/api/minions", fields);
        using var client = new OutsideClient(republic.Address, (string)made["republic_key"]!);

        var whole = (await client.AnswerAsync(OutsideClient.Hi))["choices"]![0]!.AsObject();
        using var stream = await client.ChatAsync("""{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""");
        var frames = (await OutsideClient.FramesAsync(stream))[..^1]
            .Select(frame => JsonNode.Parse(frame)!["choices"]![0]!.AsObject())
            .ToList();

        Assert.True(whole.TryGetPropertyValue("logprobs", out var likely) && likely is null);
        Assert.True(whole["message"]!.AsObject().TryGetPropertyValue("refusal", out var refusal) && refusal is null);
        Assert.All(frames, choice => Assert.True(choice.TryGetPropertyValue("logprobs", out var likely) && likely is null));
        Assert.True(frames[0]["delta"]!.AsObject().TryGetPropertyValue("refusal", out refusal) && refusal is null);
        Assert.Equal("Hello", string.Concat(frames.Select(choice => (string?)choice["delta"]!["content"])));
    }

    [Fact]
    public async Task Vectors_of_a_server_that_knows_numbers_alone_come_packed_to_who_asks_for_it()
    {
        vendor.Embeds(_ => [1, -2.5f]);
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var answer = await client.SendAsync("/v1/embeddings", """{"input":["a"],"encoding_format":"base64"}""");

        var item = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["data"]![0]!;
        Assert.Equal("AACAPwAAIMA=", (string?)item["embedding"]);
    }

    public async ValueTask InitializeAsync() => minion = await republic.Mira.NewMinionAsync($"m{Guid.CreateVersion7():n}", vendor);

    public ValueTask DisposeAsync() => vendor.DisposeAsync();
}
