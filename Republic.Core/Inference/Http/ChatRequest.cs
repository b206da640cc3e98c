using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Inference.Http;

/// <summary>The body of <c>POST /v1/chat/completions</c>, as far as a local model can follow it.</summary>
internal sealed record ChatRequest
{
    public string? Model { get; init; }

    public IReadOnlyList<ChatRequestMessage?>? Messages { get; init; }

    public bool? Stream { get; init; }

    public ChatStreamOptions? StreamOptions { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public float? MinP { get; init; }

    public float? FrequencyPenalty { get; init; }

    public float? PresencePenalty { get; init; }

    public float? RepeatPenalty { get; init; }

    public long? Seed { get; init; }

    /// <summary>A text or a list of texts.</summary>
    public JsonElement? Stop { get; init; }

    public int? MaxTokens { get; init; }

    public int? MaxCompletionTokens { get; init; }

    /// <summary>llama-server's name for going on to <see cref="MaxTokens"/> whatever the model says: for measuring speed.</summary>
    public bool? IgnoreEos { get; init; }

    /// <summary>LoRA adapters that change the model for this answer; OpenAI has no such field.</summary>
    public IReadOnlyList<ChatRequestAdapter?>? Adapters { get; init; }

    /// <summary>The file that <see cref="Model"/> is a person's name of; without it, that is the name of a file.</summary>
    public InstalledFile? Installed { get; init; }

    /// <summary>The messages are the caller's own, and none is left out, however many they are.</summary>
    public bool? WholeHistory { get; init; }

    /// <summary>From the web process, when an answer outlives the child that began it; only with <see cref="Stream"/>.</summary>
    public ChatContinuation? Continue { get; init; }

    public int? N { get; init; }

    public JsonElement? Tools { get; init; }

    public JsonElement? ResponseFormat { get; init; }

    [JsonPropertyName("logprobs")]
    public bool? LogProbabilities { get; init; }
}
