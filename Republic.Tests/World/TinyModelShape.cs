namespace Republic.Tests.World;

/// <summary>A model small enough to be computed in milliseconds, with all the parts of a real one.</summary>
/// <param name="Architecture"><c>llama</c> or <c>qwen2</c>, which adds biases to the projections of attention.</param>
/// <param name="Tied">The output projection is the embedding table.</param>
/// <param name="RopeFreqs">With the factors by which Llama 3.x stretches its rotations.</param>
/// <param name="ChatTemplate">Null is ChatML.</param>
/// <param name="Type">Of the matrices: F32, F16, BF16 or Q8_0.</param>
public sealed record TinyModelShape(
    string Architecture = "llama",
    int Width = 64,
    int Layers = 2,
    int Heads = 4,
    int HeadsOfKeys = 2,
    int FeedForward = 96,
    int ContextLength = 256,
    bool Tied = false,
    bool RopeFreqs = false,
    string Type = "F32",
    long Seed = 1,
    string? ChatTemplate = null
)
{
    public static TinyModelShape Llama { get; } = new();

    public static TinyModelShape TiedLlama { get; } = new(Tied: true);

    public static TinyModelShape Llama3 { get; } = new(Tied: true, RopeFreqs: true);

    public static TinyModelShape Qwen2 { get; } = new("qwen2", Tied: true);

    public bool HasBias => Architecture == "qwen2";

    public int HeadLength => Width / Heads;
}
