using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>An outside client's request that has texts and the common settings alone, so that a minion can answer it with tools of its own.</summary>
/// <param name="Messages">In their order, without a first one of the system.</param>
/// <param name="Options">The client's values over the minion's, and the first message of the system behind its character.</param>
public sealed record OpenAiPlainRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions Options)
{
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "model",
        "stream",
        "stream_options",
        "user",
        "metadata",
        "store",
    };

    /// <param name="body">A request that was found to be one.</param>
    /// <param name="own">The minion's settings.</param>
    /// <returns>Null where it has anything else, such as tools of the client's own, a format, or pictures.</returns>
    public static OpenAiPlainRequest? Of(ReadOnlyMemory<byte> body, ChatOptions own)
    {
        using var json = JsonDocument.Parse(body);
        var options = own.Clone();
        IReadOnlyList<ChatMessage>? messages = null;
        foreach (var field in json.RootElement.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
        {
            if (field.NameEquals("messages"u8))
            {
                messages = Read(field.Value);
            }
            else if (!Ignored.Contains(field.Name) && !TrySet(options, field))
            {
                return null;
            }
        }

        if (messages is not { Count: > 0 })
        {
            return null;
        }

        // Many chat templates take one system message, and only at the start.
        if (messages[0] is { Text: var first } && messages[0].Role == ChatRole.System)
        {
            options.Instructions = $"{options.Instructions}\n\n{first}";
            messages = [.. messages.Skip(1)];
        }

        return new OpenAiPlainRequest(messages, options);
    }

    private static bool TrySet(ChatOptions options, JsonProperty field)
    {
        var value = field.Value;
        switch (field.Name)
        {
            case "temperature" when value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var heat) && heat is >= 0 and <= 2:
                options.Temperature = (float)heat;
                return true;
            case "top_p" when value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var share) && share is >= 0 and <= 1:
                options.TopP = (float)share;
                return true;
            case "max_tokens" or "max_completion_tokens" when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var most):
                options.MaxOutputTokens = most;
                return true;
            case "seed" when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seed):
                options.Seed = seed;
                return true;
            case "stop" when value.ValueKind == JsonValueKind.String:
                options.StopSequences = [value.GetString()!];
                return true;
            case "stop" when value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsText):
                options.StopSequences = [.. value.EnumerateArray().Select(stop => stop.GetString()!)];
                return true;
            case "n":
                return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count == 1;
            default:
                return false;
        }
    }

    /// <returns>Null where one is no text of system, person or model.</returns>
    private static List<ChatMessage>? Read(JsonElement messages)
    {
        List<ChatMessage> read = [];
        foreach (var message in messages.ValueKind == JsonValueKind.Array ? messages.EnumerateArray() : default)
        {
            ChatRole? role = OpenAiAnswer.Member(message, "role") switch
            {
                "system" or "developer" => ChatRole.System,
                "user" => ChatRole.User,
                "assistant" => ChatRole.Assistant,
                _ => null,
            };
            if (role is null || message.TryGetProperty("tool_calls"u8, out _) || TextOf(message) is not { } text)
            {
                return null;
            }

            read.Add(new ChatMessage(role.Value, text));
        }

        return read;
    }

    private static string? TextOf(JsonElement message)
    {
        if (!message.TryGetProperty("content"u8, out var content))
        {
            return null;
        }

        if (content.ValueKind == JsonValueKind.String)
        {
            return OpenAiAnswer.Text(content);
        }

        var parts = content.ValueKind == JsonValueKind.Array ? content.EnumerateArray().ToList() : [];
        var texts = parts.ConvertAll(part => OpenAiAnswer.Member(part, "type") == "text" ? OpenAiAnswer.Member(part, "text") : null);
        return texts.Count == 0 || texts.Contains(null) ? null : string.Join('\n', texts);
    }

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;
}
