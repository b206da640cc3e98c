using System.Text.Json;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Http;

/// <summary>Turns a request's fields into what the generator takes, and says of each wrong field what is wrong.</summary>
internal static class ChatRequestReader
{
    private const int MostStops = 16;
    private const int MostAdapters = 8;
    private const int LongestId = 64;
    private const double LongestMs = 1e9;

    public static IReadOnlyList<ChatLine> Lines(ChatRequest request)
    {
        if (request.Messages is not { Count: > 0 })
        {
            throw RequestRefusedException.BadField("messages", "messages is missing or empty: give at least one.");
        }

        RefuseUnsupported(request);
        return [.. request.Messages.Select((message, index) => new ChatLine(Role(message, index), Content(message, index)))];
    }

    /// <param name="model">Its defaults, for fields that are left out.</param>
    public static SamplingSettings Sampling(ChatRequest request, ModelSampling model) =>
        new(
            Temperature: Within("temperature", request.Temperature, 0, 5, (float)model.Temperature),
            TopK: (int)Within("top_k", request.TopK, 0, 100_000, 40),
            TopP: Within("top_p", request.TopP, 0, 1, (float)model.TopP),
            MinP: Within("min_p", request.MinP, 0, 1, 0.05f),
            RepeatPenalty: Within("repeat_penalty", request.RepeatPenalty, 0.01f, 10, 1),
            FrequencyPenalty: Within("frequency_penalty", request.FrequencyPenalty, -2, 2, 0),
            PresencePenalty: Within("presence_penalty", request.PresencePenalty, -2, 2, 0),
            Seed: request.Seed is { } seed and >= 0 ? (uint)seed : uint.MaxValue,
            IgnoreEnd: request.IgnoreEos == true
        );

    public static int MaxTokens(ChatRequest request) =>
        (request.MaxCompletionTokens ?? request.MaxTokens) switch
        {
            null => int.MaxValue,
            > 0 and var given => given,
            _ => throw RequestRefusedException.BadField("max_tokens", "max_tokens has to be 1 or more."),
        };

    public static IReadOnlyList<string> Stops(ChatRequest request)
    {
        var stops = request.Stop switch
        {
            null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => [],
            { ValueKind: JsonValueKind.String } text => [text.GetString()!],
            { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                list.EnumerateArray().Select(item => item.GetString()!).ToList(),
            _ => throw RequestRefusedException.BadField("stop", "stop has to be a text or a list of texts."),
        };
        return stops.Count <= MostStops
            ? [.. stops.Where(stop => stop.Length > 0)]
            : throw RequestRefusedException.BadField("stop", $"stop has {stops.Count} texts, and at most {MostStops} can be watched for.");
    }

    /// <summary>The answer so far; null for one that begins.</summary>
    public static ChatContinuation? Begun(ChatRequest request) =>
        request.Continue switch
        {
            null => null,
            { Id: { Length: > 0 and <= LongestId } id, Text: not null, Created: >= 0, Ms: >= 0 and < LongestMs } begun
                when request.Stream == true && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => begun,
            _ => throw RequestRefusedException.BadField(
                "continue",
                "continue has to be id, created, text and ms of a streamed answer that was begun."
            ),
        };

    public static IReadOnlyList<AdapterChoice> Adapters(ChatRequest request)
    {
        var given = request.Adapters ?? [];
        if (given.Count > MostAdapters)
        {
            throw RequestRefusedException.BadField(
                "adapters",
                $"adapters names {given.Count}, and at most {MostAdapters} can be combined."
            );
        }

        if (given.Any(adapter => string.IsNullOrEmpty(adapter?.Name)))
        {
            throw RequestRefusedException.BadField("adapters", "adapters has an entry without a name.");
        }

        return given.DistinctBy(adapter => adapter!.Name).Count() == given.Count
            ? [.. given.Select(adapter => new AdapterChoice(adapter!.Name!, Within("adapters.scale", adapter.Scale, -10, 10, 1)))]
            : throw RequestRefusedException.BadField("adapters", "adapters names one twice: give it once, with the scale you want.");
    }

    private static void RefuseUnsupported(ChatRequest request)
    {
        if (request.N > 1)
        {
            throw RequestRefusedException.Unsupported("n", "A local model gives one answer to a request: leave out n.");
        }

        if (request.Tools is { ValueKind: JsonValueKind.Array } tools && tools.GetArrayLength() > 0)
        {
            throw RequestRefusedException.Unsupported("tools", "A local model cannot call tools: leave out tools.");
        }

        if (request.LogProbabilities == true)
        {
            throw RequestRefusedException.Unsupported("logprobs", "A local model gives no probabilities: leave out logprobs.");
        }

        if (
            request.ResponseFormat is { ValueKind: JsonValueKind.Object } format
            && format.TryGetProperty("type", out var type)
            && !type.ValueEquals("text")
        )
        {
            throw RequestRefusedException.Unsupported("response_format", "A local model answers in plain text: leave out response_format.");
        }
    }

    private static string Role(ChatRequestMessage? message, int index) =>
        message?.Role switch
        {
            "system" or "developer" => "system",
            "user" => "user",
            "assistant" => "assistant",
            var other => throw RequestRefusedException.BadField(
                "messages",
                $"messages[{index}].role is \"{other}\"; it has to be system, user or assistant."
            ),
        };

    private static string Content(ChatRequestMessage? message, int index) =>
        message?.Content switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString()!,
            { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(part => PartText(part, index))),
            _ => throw RequestRefusedException.BadField("messages", $"messages[{index}].content has to be a text."),
        };

    private static string PartText(JsonElement part, int index) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw RequestRefusedException.BadField(
                "messages",
                $"messages[{index}] has a part that is not text; local models read text alone."
            );

    private static float Within(string field, float? given, float least, float most, float otherwise) =>
        given is null ? otherwise
        : given >= least && given <= most ? given.Value
        : throw RequestRefusedException.BadField(field, $"{field} is {given}; from {least} to {most} is possible.");
}
