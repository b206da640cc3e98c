namespace Republic.Core.Lora.Retention;

/// <summary>How the tokens of an answer are chosen.</summary>
/// <param name="Seed">Of what is drawn; null takes the likeliest token each time.</param>
/// <param name="Temperature">The logits are divided by it before one is drawn.</param>
internal sealed record Sampling(long? Seed, float Temperature)
{
    public static Sampling Greedy { get; } = new(Seed: null, Temperature: 1);
}
