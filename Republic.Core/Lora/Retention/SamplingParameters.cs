using Republic.Core.Llama.Native.Sampling;

namespace Republic.Core.Lora.Retention;

/// <summary>
/// How <see cref="AnswerDecoder"/> chooses tokens: from all of the model's probabilities. A chat's sampler (SamplerChain) cuts the
/// unlikely ones off, which would hide what a version has unlearned.
/// </summary>
/// <param name="Seed">Seed of the random draws; null takes the likeliest token each time.</param>
/// <param name="Temperature">The logits are divided by it before a token is drawn; above 0.</param>
internal sealed record SamplingParameters(long? Seed, float Temperature)
{
    public static SamplingParameters Greedy { get; } = new(Seed: null, Temperature: 1);
}
