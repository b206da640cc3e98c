using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>Calls of tools by the built-in model, which was never trained for them: its grammar alone makes them.</summary>
public sealed class ToolTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    private const string Tools = """
        [{"type":"function","function":{"name":"weather","description":"The weather of a town.","parameters":
        {"type":"object","properties":{"town":{"type":"string","maxLength":20},"days":{"type":"integer","minimum":1,"maximum":7}},"required":["town","days"]}}},
        {"type":"function","function":{"name":"clock"}}]
        """;
    private readonly LocalModels models = shared.Models;

    [Fact]
    public async Task A_call_that_is_required_is_made_with_arguments_of_its_schema()
    {
        var choice = (await AskAsync("""{"tool_choice":"required","parallel_tool_calls":false}"""))["choices"]![0]!;
        var call = Assert.Single(choice["message"]!["tool_calls"]!.AsArray())!;

        Assert.Equal("tool_calls", (string?)choice["finish_reason"]);
        Assert.Null(choice["message"]!["content"]);
        Assert.Equal("function", (string?)call["type"]);
        Assert.StartsWith("call_", (string?)call["id"], StringComparison.Ordinal);
        Assert.Contains((string?)call["function"]!["name"], (string[])["weather", "clock"]);
        AssertArguments(call);
    }

    [Fact]
    public async Task A_tool_that_is_named_is_called_and_its_arguments_come_in_pieces()
    {
        var chunks = await StreamAsync("""{"tool_choice":{"type":"function","function":{"name":"weather"}}}""");
        var pieces = chunks.Select(chunk => chunk["choices"]![0]!["delta"]!["tool_calls"]?[0]).OfType<JsonNode>().ToList();
        var call = new JsonObject
        {
            ["function"] = new JsonObject
            {
                ["name"] = (string?)pieces[0]["function"]!["name"],
                ["arguments"] = string.Concat(pieces.Select(piece => (string?)piece["function"]!["arguments"])),
            },
        };

        Assert.Equal("weather", (string?)call["function"]!["name"]);
        Assert.NotNull((string?)pieces[0]["id"]);
        Assert.All(pieces.Skip(1), piece => Assert.Null(piece["id"]));
        Assert.True(pieces.Count > 5);
        AssertArguments(call);
        Assert.Equal("tool_calls", (string?)chunks[^1]["choices"]![0]!["finish_reason"]);
        Assert.DoesNotContain(chunks, chunk => ((string?)chunk["choices"]![0]!["delta"]!["content"])?.Length > 0);
    }

    [Fact]
    public async Task Without_a_call_the_answer_is_text_as_ever()
    {
        var choice = (await AskAsync("""{"tool_choice":"auto","temperature":0}"""))["choices"]![0]!;
        var none = (await AskAsync("""{"tool_choice":"none","temperature":0}"""))["choices"]![0]!;

        Assert.Equal("stop", (string?)choice["finish_reason"]);
        Assert.False(string.IsNullOrEmpty((string?)choice["message"]!["content"]));
        Assert.Null(choice["message"]!["tool_calls"]);
        Assert.False(string.IsNullOrEmpty((string?)none["message"]!["content"]));
    }

    [Fact]
    public async Task The_result_of_a_call_is_read_with_the_conversation()
    {
        const string Turns = """
            [{"role":"user","content":"What is the weather in Oslo?"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"town\":\"Oslo\",\"days\":1}"}}]},
             {"role":"tool","tool_call_id":"call_1","content":"It snows."}]
            """;
        var answer = await AskAsync($$"""{"tool_choice":"none","messages":{{Turns}}}""");
        var without = await AskAsync("""{"tool_choice":"none"}""");

        Assert.False(string.IsNullOrEmpty((string?)answer["choices"]![0]!["message"]!["content"]));
        Assert.True((int)answer["usage"]!["prompt_tokens"]! > (int)without["usage"]!["prompt_tokens"]! + 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_call_without_space_for_it_is_no_text(int tokens)
    {
        var choice = (await AskAsync($$"""{"tool_choice":"required","max_tokens":{{tokens}}}"""))["choices"]![0]!;

        Assert.Equal("length", (string?)choice["finish_reason"]);
        Assert.True(choice["message"]!["tool_calls"] is not null || (string?)choice["message"]!["content"] is "");
    }

    [Fact]
    public async Task A_name_that_a_model_wrote_twice_in_its_call_counts_once()
    {
        const string Turns = """
            [{"role":"user","content":"What is the weather in Oslo?"},
             {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"clock","arguments":"ARGUMENTS"}}]},
             {"role":"tool","tool_call_id":"c","content":"Noon."}]
            """;
        async Task<int> TokensAsync(string arguments) =>
            (int)
                (
                    await AskAsync(
                        $$"""{"tool_choice":"none","max_tokens":1,"messages":{{Turns.Replace("ARGUMENTS", arguments, StringComparison.Ordinal)}}}"""
                    )
                )["usage"]!["prompt_tokens"]!;

        Assert.Equal(
            await TokensAsync("""{\"a\":2,\"b\":[{\"c\":null}]}"""),
            await TokensAsync("""{\"a\":1,\"a\":2,\"b\":[{\"c\":7,\"c\":null}]}""")
        );
    }

    [Fact]
    public async Task A_strict_tool_whose_schema_cannot_be_promised_is_refused_and_another_one_takes_any_object()
    {
        const string Schema = """{"type":"object","not":{}}""";
        var question = Question("""{"tool_choice":"required"}""");
        question["tools"] = JsonNode.Parse(
            $$$"""[{"type":"function","function":{"name":"odd","strict":true,"parameters":{{{Schema}}}}}]"""
        );
        using var refused = await models.PostAsync(question);
        question["tools"]![0]!["function"]!["strict"] = false;
        var answer = await models.AskAsync(question);

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(
            "odd",
            answer
                .GetProperty("choices")[0]
                .GetProperty("message")
                .GetProperty("tool_calls")[0]
                .GetProperty("function")
                .GetProperty("name")
                .GetString()
        );
    }

    private static void AssertArguments(JsonNode call)
    {
        var arguments = Assert.IsType<JsonObject>(JsonNode.Parse((string)call["function"]!["arguments"]!));
        if ((string?)call["function"]!["name"] == "weather")
        {
            Assert.InRange(((string?)arguments["town"])!.Length, 0, 20);
            Assert.InRange((int)arguments["days"]!, 1, 7);
        }
    }

    private async Task<JsonNode> AskAsync(string more) => JsonNode.Parse((await models.AskAsync(Question(more))).GetRawText())!;

    private Task<List<JsonNode>> StreamAsync(string more) => models.ChunksAsync(Question(more));

    private static JsonObject Question(string more) =>
        LocalModels.With(
            (JsonObject)
                JsonNode.Parse(
                    $$"""{"model":"sprout","max_tokens":200,"messages":[{"role":"user","content":"What is the weather in Oslo?"}],"tools":{{Tools}}}"""
                )!,
            JsonNode.Parse(more)!
        );
}
