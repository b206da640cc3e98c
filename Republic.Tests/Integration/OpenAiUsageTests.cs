using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>An outside client always gets usage: as the provider counted, else an estimate that says so.</summary>
public sealed class OpenAiUsageTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private const string Whole = """
        {"id":"c1","object":"chat.completion","model":"vendor-model","choices":[{"index":0,"message":{"role":"assistant","content":"A dozen words or so"},"finish_reason":"stop"}],"usage":null}
        """;

    private readonly RawUpstream upstream = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_whole_answer_that_was_not_counted_has_an_estimate()
    {
        upstream.Script = call => call.JsonAsync(Whole);
        using var client = await ClientAsync("uncounted");

        var answer = await client.AnswerAsync(OutsideClient.Hi);

        AssertEstimated(answer["usage"]!, atLeast: 5);
        Assert.Equal("A dozen words or so", (string?)answer["choices"]![0]!["message"]!["content"]);
        Assert.Equal("vendor-model", (string?)answer["model"]);
    }

    [Fact]
    public async Task A_stream_that_was_not_counted_ends_with_an_estimate()
    {
        upstream.Script = call => call.StreamAsync(Say.Piece("A"), Say.Piece(" few"), Say.Piece(" words"), Say.Finish, Say.Done);
        using var client = await ClientAsync("uncounted-stream");

        using var response = await client.ChatAsync("""{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""");
        var frames = await OutsideClient.FramesAsync(response);

        Assert.Equal("[DONE]", frames[^1]);
        var last = JsonNode.Parse(frames[^2])!;
        AssertEstimated(last["usage"]!, atLeast: 3);
        Assert.Equal("stop", (string?)last["choices"]![0]!["finish_reason"]);
        Assert.All(frames[..^1], frame => Assert.NotEmpty(JsonNode.Parse(frame)!["choices"]!.AsArray()));
    }

    [Fact]
    public async Task A_stream_from_a_server_that_answers_whole_and_uncounted_has_an_estimate_too()
    {
        upstream.Script = call => call.JsonAsync(Whole);
        using var client = await ClientAsync("whole-stream");

        using var response = await client.ChatAsync("""{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""");
        var frames = await OutsideClient.FramesAsync(response);

        AssertEstimated(JsonNode.Parse(frames[^2])!["usage"]!, atLeast: 5);
    }

    [Fact]
    public async Task What_the_provider_counted_is_given_on_as_it_came()
    {
        upstream.Script = call => call.StreamAsync(Say.Piece("Hi"), Say.Finish, Say.Usage, Say.Done);
        using var client = await ClientAsync("counted");

        using var response = await client.ChatAsync("""{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""");
        var usage = (await OutsideClient.FramesAsync(response))[..^1].Select(frame => JsonNode.Parse(frame)!["usage"]).OfType<JsonObject>();

        Assert.Null(Assert.Single(usage)["estimated"]);
    }

    [Theory]
    [InlineData("stream", null)]
    [InlineData("stream", true)]
    [InlineData("stream", false)]
    [InlineData("whole", null)]
    [InlineData("whole", true)]
    [InlineData("whole", false)]
    [InlineData("uncounted", null)]
    [InlineData("uncounted", true)]
    [InlineData("uncounted", false)]
    public async Task Only_a_client_that_asks_for_it_gets_a_frame_without_a_choice(string vendor, bool? wish)
    {
        upstream.Script = call =>
            vendor switch
            {
                "whole" => call.JsonAsync(Say.Whole("Hi")),
                "stream" => call.StreamAsync(Say.Piece("Hi"), Say.Finish, Say.Usage, Say.Done),
                _ => call.StreamAsync(Say.Piece("Hi"), Say.Finish, Say.Done),
            };
        using var client = await ClientAsync($"wish-{vendor}{wish}");
        var options = wish is { } asked ? $$""","stream_options":{"include_usage":{{(asked ? "true" : "false")}}}""" : "";

        using var response = await client.ChatAsync($$"""{"stream":true,"messages":[{"role":"user","content":"Hi"}]{{options}}}""");
        var frames = (await OutsideClient.FramesAsync(response))[..^1].Select(frame => JsonNode.Parse(frame)!).ToList();

        var finish = wish == true ? frames[^2] : frames[^1];
        Assert.Equal("stop", (string?)finish["choices"]![0]!["finish_reason"]);
        Assert.Equal(wish == true ? 1 : 0, frames.Count(frame => frame["choices"]!.AsArray().Count == 0));
        Assert.Equal(wish == false ? 0 : 1, frames.Count(frame => frame["usage"] is JsonObject));
        Assert.Equal(wish is null, finish["usage"] is JsonObject);
        Assert.Equal((string?)finish["id"], (string?)frames[^1]["id"]);
    }

    [Fact]
    public async Task Several_answers_come_whole_and_as_a_stream_and_are_counted_together()
    {
        const string two = """
            {"id":"c1","object":"chat.completion","model":"vendor-model","choices":[{"index":0,"message":{"role":"assistant","content":"A dozen words or so"},"finish_reason":"stop"},{"index":1,"message":{"role":"assistant","content":"A dozen words or so"},"finish_reason":"stop"}]}
            """;
        upstream.Script = call => call.JsonAsync(two);
        using var client = await ClientAsync("several");

        var whole = await client.AnswerAsync("""{"n":2,"messages":[{"role":"user","content":"Hi"}]}""");
        using var response = await client.ChatAsync("""{"n":2,"stream":true,"messages":[{"role":"user","content":"Hi"}]}""");
        var frames = (await OutsideClient.FramesAsync(response))[..^1].Select(frame => JsonNode.Parse(frame)!).ToList();

        Assert.Equal(2, whole["choices"]!.AsArray().Count);
        AssertEstimated(whole["usage"]!, atLeast: 10);
        Assert.Equal([0, 1], frames.Select(frame => (int)frame["choices"]![0]!["index"]!));
        AssertEstimated(frames[1]["usage"]!, atLeast: 10);
        Assert.Equal(2, upstream.Requests.Count(request => request.Contains("\"n\":2", StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync() => await upstream.DisposeAsync();

    private static void AssertEstimated(JsonNode usage, int atLeast)
    {
        Assert.True((bool?)usage["estimated"]);
        var (prompt, answer) = ((int)usage["prompt_tokens"]!, (int)usage["completion_tokens"]!);
        Assert.InRange(prompt, 1, 2000);
        Assert.InRange(answer, atLeast, 20);
        Assert.Equal(prompt + answer, (int)usage["total_tokens"]!);
    }

    private async Task<OutsideClient> ClientAsync(string name)
    {
        var minion = await republic.Ada.NewMinionAsync(
            name,
            vendor: null,
            new JsonObject
            {
                ["provider"] = "custom",
                ["model_id"] = "vendor-model",
                ["base_url"] = upstream.BaseUrl.AbsoluteUri,
            }
        );
        return new OutsideClient(republic.Address, minion.Key);
    }
}
