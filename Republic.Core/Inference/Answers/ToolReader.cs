using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Republic.Core.Inference.Http;

namespace Republic.Core.Inference.Answers;

/// <summary>Reads the tools of a request, and says of each wrong field what is wrong.</summary>
internal static partial class ToolReader
{
    private const int Most = 128;

    /// <returns>Null where the model may call none.</returns>
    public static ToolChoice? Of(ChatRequest request)
    {
        if (request.Tools is null or JsonArray { Count: 0 })
        {
            return request.ToolChoice is null || Word(request.ToolChoice) is "none" or "auto"
                ? null
                : throw RequestRefusedException.BadField("tool_choice", "tool_choice asks for a tool, and there are no tools.");
        }

        if (request.Tools is not JsonArray list || list.Count > Most)
        {
            throw RequestRefusedException.BadField("tools", $"tools has to be a list of at most {Most} tools.");
        }

        List<Tool> tools = [.. list.Select(Tool)];
        if (tools.GroupBy(tool => tool.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw RequestRefusedException.BadField("tools", $"tools has two of the name {twice.Key}.");
        }

        return Choice(request, tools);
    }

    private static ToolChoice? Choice(ChatRequest request, List<Tool> tools)
    {
        var several = request.ParallelToolCalls != false;
        switch (Word(request.ToolChoice))
        {
            case "none":
                return null;
            case "auto":
                return new ToolChoice(tools, IsRequired: false, several);
            case "required":
                return new ToolChoice(tools, IsRequired: true, several);
        }

        if (Name((request.ToolChoice as JsonObject)?["function"] as JsonObject) is not { } name)
        {
            throw RequestRefusedException.BadField(
                "tool_choice",
                "tool_choice has to be none, auto, required, or {\"type\": \"function\", \"function\": {\"name\": …}}."
            );
        }

        return tools.Find(tool => tool.Name == name) is { } chosen
            ? new ToolChoice([chosen], IsRequired: true, MayCallSeveral: false)
            : throw RequestRefusedException.BadField("tool_choice", $"tool_choice names {name}, which is not among the tools.");
    }

    private static string? Word(JsonNode? choice) =>
        choice is null ? "auto"
        : choice is JsonValue value && value.TryGetValue<string>(out var word) ? word
        : null;

    private static Tool Tool(JsonNode? given, int index)
    {
        if ((given as JsonObject)?["function"] is not JsonObject function || Name(function) is not { } name)
        {
            throw RequestRefusedException.BadField(
                $"tools[{index}]",
                $"tools[{index}] has to be {{\"type\": \"function\", \"function\": {{\"name\": …, \"parameters\": …}}}}."
            );
        }

        if (!Names().IsMatch(name))
        {
            throw RequestRefusedException.BadField(
                $"tools[{index}].function.name",
                $"tools[{index}].function.name has to be 1 to 64 of the characters a-z, A-Z, 0-9, _ and -."
            );
        }

        return function["parameters"] is null or JsonObject
            ? new Tool(name, function["parameters"], function["strict"]?.GetValueKind() == JsonValueKind.True)
            : throw RequestRefusedException.BadField(
                $"tools[{index}].function.parameters",
                $"tools[{index}].function.parameters has to be a JSON schema of an object."
            );
    }

    private static string? Name(JsonObject? function) =>
        function?["name"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null;

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
