using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Templates;

/// <summary>The messages that a template is tried with. Some templates take ids of nine letters and digits only.</summary>
internal static class ProbeMessages
{
    public static ProbeCall First { get; } = new("zqfirst", "zqone", "zqid00001");

    public static ProbeCall Second { get; } = new("zqsecond", "zqtwo", "zqid00002");

    public static JsonArray Tools() => [First.Tool, Second.Tool];

    public static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    public static JsonObject Calling(CallShape shape, params ProbeCall[] calls) =>
        new()
        {
            ["role"] = "assistant",
            ["content"] = shape.NullContent ? null : "",
            ["tool_calls"] = new JsonArray([.. calls.Select(call => call.Call(shape))]),
        };
}
