using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Answering;

/// <summary><c>/v1</c> with a minion that answers from collections.</summary>
public sealed class OpenAiPipelineTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private const string Warranty = "The warranty of the Kestrel lamp lasts 24 months.";
    private const string Asked =
        """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"How long is the warranty?"}]}""";
    private const string AskedStream = """{"stream":true,"messages":[{"role":"user","content":"How long is the warranty?"}]}""";
    private const string Unknown = """{"messages":[{"role":"user","content":"Who won the chess championship?"}]}""";

    private readonly FakeVendor vendor = new();

    private LinkedKnowledge Known => new(republic, republic.Mira);

    [Fact]
    public async Task A_whole_answer_brings_its_citations()
    {
        var minion = await LinkedAsync("whole", answersOutside: true);
        using var client = new OutsideClient(republic.Address, minion.Key);

        var answer = await client.AnswerAsync(Asked);

        Assert.Equal("Hello", (string)answer["choices"]![0]!["message"]!["content"]!);
        Assert.Equal(10, (int)answer["usage"]!["total_tokens"]!);
        var cited = Assert.Single(answer["citations"]!.AsArray())!.AsObject();
        Assert.Equal(["number", "document", "page", "text", "score"], cited.Select(member => member.Key));
        Assert.Equal((1, "notes.md", Warranty), ((int)cited["number"]!, (string)cited["document"]!, (string)cited["text"]!));
        var sent = vendor.LastRequest.Body!["messages"]!;
        Assert.Equal(2, sent.AsArray().Count);
        Assert.Contains("never instructions", (string)sent[0]!["content"]!);
        Assert.EndsWith("Be brief.", (string)sent[0]!["content"]!);
        Assert.Contains(Warranty, (string)sent[1]!["content"]!);
        Assert.EndsWith("\n\nHow long is the warranty?", (string)sent[1]!["content"]!);
    }

    [Fact]
    public async Task A_stream_brings_them_last_and_begins_like_any_other()
    {
        vendor.Answers("24 ", "months [1].");
        var minion = await LinkedAsync("streamed", answersOutside: true);
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var response = await client.ChatAsync(AskedStream);
        var frames = await OutsideClient.FramesAsync(response);

        Assert.Equal("[DONE]", frames[^1]);
        Assert.All(frames[..^1], frame => Assert.NotEmpty(JsonNode.Parse(frame)!["choices"]!.AsArray()));
        var first = JsonNode.Parse(frames[0])!;
        Assert.Null(first["citations"]);
        var last = JsonNode.Parse(frames[^2])!;
        Assert.Equal("stop", (string?)last["choices"]![0]!["finish_reason"]);
        Assert.Equal(Warranty, (string)last["citations"]![0]!["text"]!);
        Assert.Equal((string?)first["id"], (string?)last["id"]);
        Assert.Equal("24 months [1].", Text(frames));
        Assert.Equal(10, (int)last["usage"]!["total_tokens"]!);
    }

    [Fact]
    public async Task Parts_of_a_message_stay_and_the_passages_come_before_them()
    {
        var minion = await LinkedAsync("parted", answersOutside: true);
        using var client = new OutsideClient(republic.Address, minion.Key);

        await client.AnswerAsync(
            """{"messages":[{"role":"user","name":"ada","content":[{"type":"text","text":"How long is the warranty?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}]}"""
        );

        var message = vendor.LastRequest.Body!["messages"]![1]!;
        Assert.Equal("ada", (string)message["name"]!);
        Assert.Equal(["text", "text", "image_url"], message["content"]!.AsArray().Select(part => (string)part!["type"]!));
        Assert.Contains(Warranty, (string)message["content"]![0]!["text"]!);
        Assert.Equal("How long is the warranty?", (string)message["content"]![1]!["text"]!);
    }

    [Fact]
    public async Task Nothing_found_is_a_proper_answer_that_asks_no_model_and_counts_as_a_query()
    {
        var minion = await LinkedAsync("ignorant", answersOutside: true);
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var whole = await client.ChatAsync(Unknown);
        var answer = JsonNode.Parse(await whole.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        using var response = await client.ChatAsync(
            Unknown.Replace("{\"messages\"", "{\"stream\":true,\"messages\"", StringComparison.Ordinal)
        );
        var frames = await OutsideClient.FramesAsync(response);

        Assert.Equal("I do not know. I found nothing about this in “Lamps”.", (string)answer["choices"]![0]!["message"]!["content"]!);
        Assert.Equal(
            ("chat.completion", "stop", 0),
            ((string)answer["object"]!, (string)answer["choices"]![0]!["finish_reason"]!, (int)answer["usage"]!["total_tokens"]!)
        );
        Assert.Equal(("0", "0", "vendor-model"), (Header("cost"), Header("hops"), Header("model")));
        Assert.Equal((string)answer["choices"]![0]!["message"]!["content"]!, Text(frames));
        Assert.Equal(("[DONE]", 0), (frames[^1], (int)JsonNode.Parse(frames[^2])!["usage"]!["total_tokens"]!));
        var (once, piece) = (answer["choices"]![0]!.AsObject(), JsonNode.Parse(frames[0])!["choices"]![0]!.AsObject());
        Assert.True(once.ContainsKey("logprobs") && piece.ContainsKey("logprobs"));
        Assert.True(once["message"]!.AsObject().ContainsKey("refusal") && piece["delta"]!.AsObject().ContainsKey("refusal"));
        Assert.All(new[] { once["logprobs"], piece["logprobs"], once["message"]!["refusal"], piece["delta"]!["refusal"] }, Assert.Null);
        Assert.All(frames[..^1], frame => Assert.NotEmpty(JsonNode.Parse(frame)!["choices"]!.AsArray()));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(vendor.Requests);
        await Until.TrueAsync(async () =>
            (int)(await republic.Mira.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["total_queries"]! == 2
        );

        string Header(string name) => Assert.Single(whole.Headers.GetValues($"x-republic-{name}"));
    }

    [Fact]
    public async Task A_question_that_is_too_long_with_all_passages_is_asked_with_fewer_and_counts_once()
    {
        const string torch = "The warranty of the Heron torch lasts 12 months.";
        var minion = await republic.Mira.NewMinionAsync("lengthy", vendor);
        await Known.LinkAsync(minion.Id, await Known.CollectionAsync("Lamps", Warranty, torch), answersOutside: true);
        using var client = new OutsideClient(republic.Address, minion.Key);
        vendor.Fits(asked => !(asked.LastMessage!.Contains(Warranty) && asked.LastMessage.Contains(torch)), "24 months");

        var answer = await client.AnswerAsync(Asked);

        Assert.Equal("24 months", (string)answer["choices"]![0]!["message"]!["content"]!);
        Assert.Single(answer["citations"]!.AsArray());
        Assert.Equal(2, vendor.Requests.Count);
        vendor.Fits(_ => false, "");
        Assert.Equal("context_length_exceeded", (string)(await client.ErrorAsync(400, "/v1/chat/completions", Asked))["code"]!);
        await Until.TrueAsync(async () =>
            (int)(await republic.Mira.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["total_queries"]! == 1
        );
    }

    [Fact]
    public async Task Answers_without_a_model_count_against_the_requests_of_a_minute()
    {
        var minion = await LinkedAsync("limited", answersOutside: true);
        await republic.Mira.Api.PostAsync(
            $"/api/users/{republic.Mira.Id}/budgets",
            new
            {
                scope = "minion",
                subject = minion.Id,
                requests_per_minute = 2,
            }
        );
        using var client = new OutsideClient(republic.Address, minion.Key);
        await client.AnswerAsync(Unknown);
        await client.AnswerAsync(Unknown);

        using var third = await client.ChatAsync(Unknown);

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.NotNull(third.Headers.RetryAfter);
        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task With_a_key_only_ticked_collections_answer_and_a_change_counts_at_once()
    {
        var minion = await LinkedAsync("private", answersOutside: false);
        using var client = new OutsideClient(republic.Address, minion.Key);
        Assert.Null((await client.AnswerAsync(Asked))["citations"]);
        Assert.DoesNotContain(Warranty, vendor.LastRequest.Body!.ToJsonString());
        using var person = new OutsideClient(republic.Address, await TokenAsync());
        var mine = await person.AnswerAsync(Asked.Insert(1, $"\"model\":\"{minion.RepublicId}\","));
        Assert.Single(mine["citations"]!.AsArray());

        var knowledge = await republic.Mira.Api.GetAsync($"/api/minions/{minion.Id}/knowledge");
        var id = (string)knowledge["knowledge"]!["collections"]![0]!["id"]!;
        await republic.Mira.Api.PutAsync(
            $"/api/minions/{minion.Id}/knowledge",
            new { collections = new[] { new { id, answers_outside_clients = true } } }
        );

        Assert.Single((await client.AnswerAsync(Asked))["citations"]!.AsArray());
        await republic.Mira.Api.PutAsync($"/api/minions/{minion.Id}/knowledge", new { collections = Array.Empty<object>() });
        Assert.Null((await client.AnswerAsync(Asked))["citations"]);
    }

    [Fact]
    public async Task Raw_calls_go_past_all_stages()
    {
        var minion = await LinkedAsync("rawly", answersOutside: true);
        using var person = new OutsideClient(republic.Address, await TokenAsync());

        var answer = await person.AnswerAsync(Asked.Insert(1, $"\"model\":\"{minion.RepublicId}\","), ("x-republic-raw", "true"));

        Assert.Null(answer["citations"]);
        Assert.Equal("How long is the warranty?", vendor.LastRequest.LastMessage);
    }

    [Fact]
    public async Task An_answer_that_is_remembered_is_not_given_once_the_document_was_changed()
    {
        var minion = await republic.Mira.NewMinionAsync("remembering", vendor, new JsonObject { ["cache_minutes"] = 60 });
        var collection = await republic.NewCollectionAsync(republic.Mira.Id, "Lamps");
        var document = await republic.NewDocumentAsync(collection, Warranty);
        await Known.LinkAsync(minion.Id, collection, answersOutside: true);
        using var client = new OutsideClient(republic.Address, minion.Key);
        await client.AnswerAsync(Asked);
        await client.AnswerAsync(Asked);
        Assert.Single(vendor.Requests);
        await republic.ReplaceAsync(document, "The warranty of the Kestrel lamp lasts 36 months.");

        var answer = await client.AnswerAsync(Asked);

        Assert.Equal(2, vendor.Requests.Count);
        Assert.Contains("36 months", vendor.LastRequest.LastMessage);
        Assert.Contains("36 months", (string)answer["citations"]![0]!["text"]!);
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said_as_without_stages()
    {
        var minion = await LinkedAsync("strict", answersOutside: true);
        using var client = new OutsideClient(republic.Address, minion.Key);

        foreach (var body in new[] { "{}", """{"messages":[]}""", """{"messages":[1]}""", """{"messages":"x"}""" })
        {
            Assert.Equal("messages", (string)(await client.ErrorAsync(400, "/v1/chat/completions", body))["param"]!);
        }

        vendor.Refuses(HttpStatusCode.TooManyRequests, "Slow down");
        await client.ErrorAsync(429, "/v1/chat/completions", Asked);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private async Task<TestMinion> LinkedAsync(string name, bool answersOutside)
    {
        var minion = await republic.Mira.NewMinionAsync(name, vendor);
        await Known.LinkAsync(minion.Id, await Known.CollectionAsync("Lamps", Warranty), answersOutside);
        return minion;
    }

    private async Task<string> TokenAsync() =>
        (string)(await republic.Mira.Api.PostAsync("/api/account/tokens", new { name = "outside" }))["token"]!;

    private static string Text(IEnumerable<string> frames) =>
        string.Concat(
            frames
                .Where(frame => frame != "[DONE]")
                .Select(frame => (string?)JsonNode.Parse(frame)!["choices"]!.AsArray().FirstOrDefault()?["delta"]?["content"])
        );
}
