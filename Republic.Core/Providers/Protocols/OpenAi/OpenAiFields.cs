using System.Text.Json;
using System.Text.RegularExpressions;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>What is wrong with a field of an outside client's request, whoever would be asked; null: nothing.</summary>
internal static partial class OpenAiFields
{
    private const int MostTools = 128;

    /// <returns>False: <c>stream_options</c> is not what it must be.</returns>
    public static bool TryReadWish(ReadOnlyMemory<byte> options, out bool? wantsUsage)
    {
        wantsUsage = null;
        var reader = new Utf8JsonReader(options.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWish = reader.ValueTextEquals("include_usage"u8);
            reader.Read();
            if (isWish && reader.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null))
            {
                return false;
            }

            if (isWish)
            {
                wantsUsage = reader.TokenType == JsonTokenType.Null ? null : reader.TokenType == JsonTokenType.True;
            }

            reader.Skip();
        }

        return true;
    }

    /// <summary>Reads what a request needs of whoever answers it.</summary>
    public static Failure? Read(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> given, out RequestNeeds needs)
    {
        needs = RequestNeeds.None;
        if (given.ContainsKey("functions") || given.ContainsKey("function_call"))
        {
            var old = given.ContainsKey("functions") ? "functions" : "function_call";
            return Failure.Invalid(old, $"{old} is the old form of tools and tool_choice. Send those instead.");
        }

        if (given.TryGetValue("tools", out var tools))
        {
            if (Tools(tools, out var isAny) is { } fault)
            {
                return Failure.Invalid("tools", fault);
            }

            needs |= isAny ? RequestNeeds.Tools : RequestNeeds.None;
        }

        if (given.TryGetValue("response_format", out var format))
        {
            using var json = JsonDocument.Parse(format);
            if (json.RootElement.ValueKind != JsonValueKind.Object || OpenAiAnswer.Member(json.RootElement, "type") is not { } type)
            {
                return Failure.Invalid(
                    "response_format",
                    "response_format must be an object with a type: text, json_object or json_schema."
                );
            }

            needs |= type == "text" ? RequestNeeds.None : RequestNeeds.Format;
        }

        return null;
    }

    private static string? Tools(ReadOnlyMemory<byte> tools, out bool isAny)
    {
        using var json = JsonDocument.Parse(tools);
        var list = json.RootElement;
        isAny = list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;
        if (list.ValueKind != JsonValueKind.Array)
        {
            return "tools must be a list.";
        }

        if (list.GetArrayLength() > MostTools)
        {
            return $"tools holds {list.GetArrayLength():N0} tools, and {MostTools} is the most. Send those alone that this question may need.";
        }

        var index = 0;
        foreach (var tool in list.EnumerateArray())
        {
            if (Fault(tool) is { } fault)
            {
                return $"tools[{index}]{fault}";
            }

            index++;
        }

        return null;
    }

    // Vendors have kinds of their own, which are theirs to judge.
    private static string? Fault(JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object)
        {
            return " must be an object with type and function.";
        }

        // Without a type it may still be a vendor's, such as {"googleSearch": {}}.
        var isVendors = !tool.TryGetProperty("function"u8, out _) && tool.EnumerateObject().Any();
        var kind = OpenAiAnswer.Member(tool, "type") ?? (isVendors ? "" : "function");
        if (kind is not ("function" or "custom"))
        {
            return null;
        }

        return !tool.TryGetProperty(kind, out var told)
            || told.ValueKind != JsonValueKind.Object
            || OpenAiAnswer.Member(told, "name") is not { } name
                ? $" must have its name in {kind}.name."
            : !ToolName().IsMatch(name) ? $".{kind}.name must be 1 to 64 letters, digits, underscores and hyphens."
            : null;
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ToolName();
}
