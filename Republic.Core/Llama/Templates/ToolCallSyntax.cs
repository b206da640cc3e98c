using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Templates;

/// <summary>
/// How a model writes calls of tools: <see cref="Begin"/>, a JSON object with the name and the arguments of the first call, for each further one
/// <see cref="Separator"/> and its object, and <see cref="End"/>.
/// </summary>
/// <param name="Begin">Empty where the object stands alone.</param>
/// <param name="Separator">Null where the model makes one call at a time.</param>
/// <param name="End">Empty where the answer ends with the last object.</param>
/// <param name="IdKey">Of the call's id, which comes last in the object; null where there is none.</param>
internal sealed record ToolCallSyntax(
    string Begin,
    string? Separator,
    string End,
    string NameKey = "name",
    string ArgumentsKey = "arguments",
    string? IdKey = null
)
{
    /// <summary>For models whose template shows no syntax that is known here. <see cref="GeneralToolPrompt"/> tells the model of it.</summary>
    public static ToolCallSyntax General { get; } = new("<tool_call>\n", "\n</tool_call>\n<tool_call>\n", "\n</tool_call>");

    /// <summary>Whether the objects are the items of a JSON array.</summary>
    public bool IsArray => Begin.EndsWith('[') && End.StartsWith(']');

    /// <param name="calls">As they stand in a message of the assistant, their arguments as objects.</param>
    public string Write(JsonArray calls) =>
        Begin + string.Join(Separator ?? "\n", calls.Select(call => SpacedJson.Write(Object(call!)))) + End;

    private JsonObject Object(JsonNode call)
    {
        var written = new JsonObject
        {
            [NameKey] = call["function"]?["name"]?.DeepClone(),
            [ArgumentsKey] = call["function"]?["arguments"]?.DeepClone(),
        };
        if (IdKey is not null)
        {
            written[IdKey] = call["id"]?.DeepClone();
        }

        return written;
    }
}
