namespace Republic.Core.Llama.Native.Sampling;

/// <param name="Temperature">0 takes the likeliest token each time.</param>
/// <param name="TopK">0 is off.</param>
/// <param name="TopP">1 is off.</param>
/// <param name="MinP">0 is off.</param>
/// <param name="RepeatPenalty">1 is off; looks back 64 tokens of the answer.</param>
/// <param name="FrequencyPenalty">0 is off; over the whole answer, as OpenAI's.</param>
/// <param name="PresencePenalty">0 is off; over the whole answer, as OpenAI's.</param>
/// <param name="Seed">0xFFFFFFFF takes a fresh one.</param>
/// <param name="IgnoreEnd">Never choose a token that ends the answer: for measuring speed.</param>
internal sealed record SamplingSettings(
    float Temperature = 0.8f,
    int TopK = 40,
    float TopP = 0.95f,
    float MinP = 0.05f,
    float RepeatPenalty = 1,
    float FrequencyPenalty = 0,
    float PresencePenalty = 0,
    uint Seed = uint.MaxValue,
    bool IgnoreEnd = false
)
{
    /// <summary>What is added to the logits of single tokens, as OpenAI's <c>logit_bias</c>.</summary>
    public IReadOnlyList<LlamaLogitBias> Biases { get; init; } = [];
}
