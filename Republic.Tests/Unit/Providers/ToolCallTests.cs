using System.Text.Json;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Tests.Unit.Providers;

/// <summary>Streamed calls as servers have been seen to send them.</summary>
public sealed class ToolCallTests
{
    [Theory]
    // By index, interleaved.
    [InlineData(
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\""}},{"index":1,"id":"b","function":{"name":"g","arguments":"{"}}]""",
        """[{"index":1,"function":{"arguments":"}"}},{"index":0,"function":{"arguments":":1}"}}]"""
    )]
    // Whole calls without an index, or all with the same.
    [InlineData(
        """[{"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}]""",
        """[{"id":"b","function":{"name":"g","arguments":"{}"}}]"""
    )]
    [InlineData(
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}]""",
        """[{"index":0,"id":"b","function":{"name":"g","arguments":""}}]"""
    )]
    // The id told again with every piece, and arguments as an object.
    [InlineData(
        """[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}]""",
        """[{"index":0,"id":"a","function":{"arguments":"1}"}},{"index":1,"id":"b","function":{"name":"g","arguments":{}}}]"""
    )]
    public void Pieces_find_their_call(string first, string second)
    {
        var calls = new OpenAiToolCalls();
        foreach (var piece in new[] { first, second })
        {
            calls.Add(JsonElement.Parse($$$"""{"delta":{"tool_calls":{{{piece}}}}}"""));
        }

        Assert.Equal(
            ["a f x=1", "b g "],
            calls
                .Take()
                .Select(call => $"{call.CallId} {call.Name} {string.Join(',', call.Arguments!.Select(pair => $"{pair.Key}={pair.Value}"))}")
        );
    }

    [Fact]
    public void Arguments_that_are_no_JSON_are_a_call_with_an_error()
    {
        var calls = new OpenAiToolCalls();
        calls.Add(JsonElement.Parse("""{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{\"x\":"}}]}}"""));

        var call = Assert.Single(calls.Take());

        Assert.Equal(("f", "call_0"), (call.Name, call.CallId));
        Assert.NotNull(call.Exception);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"delta":null}""")]
    [InlineData("""{"delta":{"tool_calls":null}}""")]
    [InlineData("""{"delta":{"tool_calls":[7,{"function":"f"},{"index":"0"}]}}""")]
    public void What_is_no_call_is_none(string choice)
    {
        var calls = new OpenAiToolCalls();
        calls.Add(JsonElement.Parse(choice));

        Assert.Empty(calls.Take());
    }
}
