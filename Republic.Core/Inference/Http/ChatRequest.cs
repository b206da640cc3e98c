using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>How many answers are wanted.</summary>
    public int? N { get; init; }

    /// <summary>The answers whose likelihoods are asked for, where no answer is.</summary>
    public IReadOnlyList<string?>? Continuations { get; init; }

    public JsonNode? Tools { get; init; }

    /// <summary>A word, or the one tool that has to be called.</summary>
    public JsonNode? ToolChoice { get; init; }

    public bool? ParallelToolCalls { get; init; }

    public JsonNode? ResponseFormat { get; init; }

    [JsonPropertyName("logprobs")]
    public bool? LogProbabilities { get; init; }

    [JsonPropertyName("top_logprobs")]
    public int? TopLogProbabilities { get; init; }

    /// <summary>What is added to the logits of tokens, by their numbers in the model's vocabulary.</summary>
    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }
}
