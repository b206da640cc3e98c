using System.Globalization;
using System.Text.Json;
using Republic.Core.Inference.Pool;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Core.Inference.Http;

/// <summary>Turns a request's fields into what the generator takes, and says of each wrong field what is wrong.</summary>
internal static class ChatRequestReader
{
    private const int MostStops = 16;
    private const int MostAdapters = 8;
    private const int MostAnswers = 8;
    private const int MostLikelihoods = 20;
    private const int MostBiases = 1024;
    private const int LargestBias = 100;
    private const int LongestId = 64;
    private const double LongestMs = 1e9;

    public static IReadOnlyList<ChatLine> Lines(ChatRequest request)
    {
        if (request.Messages is not { Count: > 0 })
        {
            throw RequestRefusedException.BadField("messages", "messages is missing or empty: give at least one.");
        }

        return ChatLineReader.Read(request.Messages);
    }

    /// <summary>How many answers are wanted.</summary>
    public static int Answers(ChatRequest request) =>
        request.N switch
        {
            null => 1,
            > 0 and <= MostAnswers and var given => given,
            _ => throw RequestRefusedException.BadField("n", $"n has to be from 1 to {MostAnswers}."),
        };

    /// <returns>How many likely tokens are wanted in the place of each; null: no likelihoods.</returns>
    public static int? Likelihoods(ChatRequest request) =>
        (request.LogProbabilities, request.TopLogProbabilities) switch
        {
            (true, null) => 0,
            (true, >= 0 and <= MostLikelihoods) => request.TopLogProbabilities,
            (not true, null) => null,
            (not true, _) => throw RequestRefusedException.BadField("top_logprobs", "top_logprobs is of use only with logprobs: true."),
            _ => throw RequestRefusedException.BadField("top_logprobs", $"top_logprobs has to be from 0 to {MostLikelihoods}."),
        };

    /// <param name="model">Its defaults, for fields that are left out.</param>
    /// <param name="vocabulary">How many tokens it knows.</param>
    public static SamplingSettings Sampling(ChatRequest request, ModelSampling model, int vocabulary) =>
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
        )
        {
            Biases = Biases(request, vocabulary),
        };

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

    private static List<LlamaLogitBias> Biases(ChatRequest request, int vocabulary)
    {
        if (request.LogitBias is not { } given)
        {
            return [];
        }

        if (given.Count > MostBiases)
        {
            throw RequestRefusedException.BadField(
                "logit_bias",
                $"logit_bias names {given.Count} tokens; at most {MostBiases} are possible."
            );
        }

        List<LlamaLogitBias> biases = [];
        foreach (var (name, bias) in given)
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var token) || token >= vocabulary)
            {
                throw RequestRefusedException.BadField(
                    "logit_bias",
                    $"logit_bias names {name}, which is no token: they are 0 to {vocabulary - 1}."
                );
            }

            biases.Add(new LlamaLogitBias { token = token, bias = Within("logit_bias", bias, -LargestBias, LargestBias, 0) });
        }

        return biases;
    }

    private static float Within(string field, float? given, float least, float most, float otherwise) =>
        given is null ? otherwise
        : given >= least && given <= most ? given.Value
        : throw RequestRefusedException.BadField(field, $"{field} is {given}; from {least} to {most} is possible.");
}
