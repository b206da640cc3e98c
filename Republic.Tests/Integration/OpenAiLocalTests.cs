using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>What a minion on the built-in model does on <c>/v1</c> that not every model does.</summary>
public sealed class OpenAiLocalTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Chat = "/v1/chat/completions";
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private const string Weather =
        """[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"town":{"enum":["Oslo","Rome"]}},"required":["town"]}}}]""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_calls_tools_and_reads_their_results()
    {
        var called = await AskAsync(Chat, $$$"""{{{{Hi}}},"tools":{{{Weather}}},"tool_choice":"required","parallel_tool_calls":false}""");
        var call = Assert.Single(called["choices"]![0]!["message"]!["tool_calls"]!.AsArray())!;
        var town = (string)JsonNode.Parse((string)call["function"]!["arguments"]!)!["town"]!;
        var turns = new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = "Hi" },
            called["choices"]![0]!["message"]!.DeepClone(),
            new JsonObject
            {
                ["role"] = "tool",
                ["tool_call_id"] = (string)call["id"]!,
                ["content"] = "Sun.",
            }
        );
        var answered = await AskAsync(Chat, $$$"""{"messages":{{{turns.ToJsonString()}}},"tools":{{{Weather}}}}""");

        Assert.Contains(town, (string[])["Oslo", "Rome"]);
        Assert.Equal("tool_calls", (string?)called["choices"]![0]!["finish_reason"]);
        Assert.False(string.IsNullOrEmpty((string?)answered["choices"]![0]!["message"]!["content"]));
    }

    [Fact]
    public async Task It_answers_in_a_shape_several_times_with_likelihoods()
    {
        const string Schema =
            """{"type":"json_schema","json_schema":{"name":"mood","strict":true,"schema":{"type":"object","properties":{"mood":{"enum":["good","bad"]}},"required":["mood"],"additionalProperties":false}}}""";
        var answer = await AskAsync(Chat, $$$"""{{{{Hi}}},"n":3,"logprobs":true,"top_logprobs":2,"response_format":{{{Schema}}}}""");
        var choices = answer["choices"]!.AsArray();

        Assert.Equal(3, choices.Count);
        Assert.All(
            choices,
            choice =>
            {
                Assert.Contains((string?)JsonNode.Parse((string)choice!["message"]!["content"]!)!["mood"], (string[])["good", "bad"]);
                Assert.Equal(2, choice["logprobs"]!["content"]![0]!["top_logprobs"]!.AsArray().Count);
            }
        );
    }

    [Fact]
    public async Task It_says_how_likely_answers_are_and_a_minion_elsewhere_says_that_it_cannot()
    {
        var found = await AskAsync("/v1/likelihoods", $$$"""{{{{Hi}}},"continuations":["Hello.","Xylophone."]}""");
        await using var vendor = new FakeVendor();
        var elsewhere = await republic.Mira.NewMinionAsync($"m{Guid.CreateVersion7():N}", vendor);
        using var client = new OutsideClient(republic.Address, elsewhere.Key);
        var refused = await client.ErrorAsync(400, "/v1/likelihoods", $$$"""{{{{Hi}}},"continuations":["Hello."]}""");

        Assert.True((double)found["data"]![0]!["logprob"]! > (double)found["data"]![1]!["logprob"]!);
        Assert.Equal("model", (string?)refused["param"]);
        Assert.Empty(vendor.Requests);
    }

    private async Task<JsonNode> AskAsync(string path, string body)
    {
        var minion = await republic.Mira.NewMinionAsync($"m{Guid.CreateVersion7():N}");
        using var client = new OutsideClient(republic.Address, minion.Key);
        using var answer = await client.SendAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
