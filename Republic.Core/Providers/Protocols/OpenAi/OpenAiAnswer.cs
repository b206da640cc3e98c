using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>Reads chat-completion JSON, whole or one streamed piece, trusting nothing about its shape.</summary>
internal static class OpenAiAnswer
{
    /// <param name="orList">A bare list will do as well as an object.</param>
    public static JsonDocument Parse(ModelTarget target, ReadOnlyMemory<byte> body, bool orList = false)
    {
        if (body.Span.Trim(" \r\n\t"u8).IsEmpty)
        {
            throw ProviderErrors.BadAnswer(target, "sent an empty answer.");
        }

        try
        {
            // Bytes that are no UTF-8 become replacement characters: one bad letter is no reason to lose an answer.
            var json = JsonDocument.Parse(Utf8.IsValid(body.Span) ? body : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span)));
            if (json.RootElement.ValueKind == JsonValueKind.Object || (orList && json.RootElement.ValueKind == JsonValueKind.Array))
            {
                return json;
            }

            json.Dispose();
        }
        catch (JsonException)
        {
            if (ProviderWords.LooksLikeHtml(Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 200)]).TrimStart()))
            {
                var title = ProviderWords.From(body.Span, target.ApiKey);
                throw ProviderErrors.BadAnswer(target, title is null ? "sent a web page." : $"sent a web page titled “{title}”.");
            }
        }

        throw ProviderErrors.BadAnswer(target, "sent something that is not the JSON it should be.");
    }

    /// <summary>An <c>error</c> member with anything in it, which some servers send under status 200.</summary>
    public static bool IsError(JsonElement root) =>
        root.TryGetProperty("error", out var error) && error.ValueKind is not (JsonValueKind.Null or JsonValueKind.False);

    /// <summary>The first choice; null in a frame that carries usage alone.</summary>
    public static JsonElement? Choice(JsonElement root) =>
        root.TryGetProperty("choices", out var choices)
        && choices.ValueKind == JsonValueKind.Array
        && choices.GetArrayLength() > 0
        && choices[0].ValueKind == JsonValueKind.Object
            ? choices[0]
            : null;

    /// <summary>All choices: there are several where a request asks for them.</summary>
    public static IEnumerable<JsonElement> Choices(JsonElement root) =>
        root.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array
            ? choices.EnumerateArray().Where(choice => choice.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>What the model said in <c>message</c> or <c>delta</c>: reasoning first, then text, then a message's calls; those of a
    /// delta come in pieces, which <see cref="OpenAiToolCalls"/> puts together.</summary>
    public static List<AIContent> Contents(JsonElement choice, string member)
    {
        var contents = new List<AIContent>(1);
        if (!choice.TryGetProperty(member, out var said) || said.ValueKind != JsonValueKind.Object)
        {
            return contents;
        }

        if ((Member(said, "reasoning_content") ?? Member(said, "reasoning")) is { Length: > 0 } thought)
        {
            contents.Add(new TextReasoningContent(thought));
        }

        var text = Content(said) ?? Member(said, "refusal");
        if (!string.IsNullOrEmpty(text))
        {
            contents.Add(new TextContent(text));
        }

        if (member == "message")
        {
            contents.AddRange(OpenAiToolCalls.Of(said));
        }

        return contents;
    }

    /// <summary>A message's text, also where it is told in parts.</summary>
    public static string? Content(JsonElement said) => Member(said, "content") ?? Parts(said);

    public static ChatFinishReason? FinishReason(JsonElement choice) =>
        Member(choice, "finish_reason") is { Length: > 0 } reason ? new ChatFinishReason(reason) : null;

    public static UsageDetails? Usage(JsonElement root)
    {
        if (!root.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var details = new UsageDetails
        {
            InputTokenCount = Count(usage, "prompt_tokens"),
            OutputTokenCount = Count(usage, "completion_tokens"),
            TotalTokenCount = Count(usage, "total_tokens"),
        };
        if (usage.TryGetProperty("prompt_tokens_details", out var prompt) && prompt.ValueKind == JsonValueKind.Object)
        {
            details.CachedInputTokenCount = Count(prompt, "cached_tokens");
        }

        if (usage.TryGetProperty("completion_tokens_details", out var completion) && completion.ValueKind == JsonValueKind.Object)
        {
            details.ReasoningTokenCount = Count(completion, "reasoning_tokens");
        }

        if (GenerationTime(root) is { } micros)
        {
            details.AdditionalCounts = new() { [ModelUsage.GenerationMicroseconds] = micros };
        }

        return details;
    }

    private static long? Count(JsonElement usage, string name) =>
        Number(usage, name) is { } count and <= OpenAiUsage.MostTokens ? count : null;

    private static long? GenerationTime(JsonElement root) =>
        root.TryGetProperty("timings", out var timings)
        && timings.ValueKind == JsonValueKind.Object
        && timings.TryGetProperty("predicted_ms", out var spent)
        && spent.ValueKind == JsonValueKind.Number
        && spent.TryGetDouble(out var ms)
        && ms is > 0 and < 1e9
            ? (long)(ms * 1000)
            : null;

    public static string? Member(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Text(value) : null;

    /// <summary>A string, or null for anything else, lone surrogates included.</summary>
    public static string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return "\ufffd";
        }
    }

    public static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "\ufffd";
        }
    }

    internal static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
        && number >= 0
            ? number
            : null;

    private static string? Parts(JsonElement said)
    {
        if (!said.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        return string.Concat(content.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.Object ? Member(part, "text") : null));
    }
}
