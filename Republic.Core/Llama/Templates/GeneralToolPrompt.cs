using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Templates;

/// <summary>Tells a model of its tools, and how it calls them, where its own chat template does not.</summary>
internal static class GeneralToolPrompt
{
    /// <param name="tools">OpenAI's list of them.</param>
    /// <param name="syntax">How the model is to write its calls.</param>
    public static string Write(JsonArray tools, ToolCallSyntax syntax)
    {
        var example = syntax.Write([Call()]);
        return $$"""
            You can call functions. Each line between <tools> and </tools> describes one, with its parameters as JSON Schema:
            <tools>
            {{string.Join('\n', tools.Select(tool => SpacedJson.Write(tool?["function"])))}}
            </tools>

            To call a function, write nothing but its name and its arguments as a JSON object, in this form:
            {{example}}
            The result of each comes back between <tool_response> and </tool_response>. Call a function \
            only where it helps to answer, take arguments from the conversation and never invent them, and answer in plain text where none is needed.
            """.Replace("\\\n", "", StringComparison.Ordinal);
    }

    /// <summary>The result of a call, as a message of the user shows it.</summary>
    public static string Result(string text) => $"<tool_response>\n{text}\n</tool_response>";

    private static JsonObject Call() =>
        new()
        {
            ["id"] = "call00001",
            ["function"] = new JsonObject
            {
                ["name"] = "function-name",
                ["arguments"] = new JsonObject { ["parameter"] = "value" },
            },
        };
}
