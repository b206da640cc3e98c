namespace Republic.Tests.World;

/// <summary>A model small enough to be computed in milliseconds, with all the parts of a real one.</summary>
/// <param name="Architecture"><c>llama</c>, <c>qwen2</c> (adds biases to the projections of attention), <c>qwen3</c> (normalises heads), <c>smollm3</c>, <c>gemma</c> or <c>gemma3</c>.</param>
/// <param name="Tied">The output projection is the embedding table.</param>
/// <param name="RopeFreqs">With the factors by which Llama 3.x stretches its rotations.</param>
/// <param name="ChatTemplate">Null is ChatML.</param>
/// <param name="RopeFactor">Positions are stretched linearly by it; 0 for not.</param>
/// <param name="LengthOfHeads">0 for the width divided among the heads.</param>
/// <param name="Vocabulary">At least the usual one; what is more is never used.</param>
/// <param name="Window">Tokens that layers with a window see; 0 for no window.</param>
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
    string? ChatTemplate = null,
    float RopeFactor = 0,
    int LengthOfHeads = 0,
    int Vocabulary = TinyModels.Vocabulary,
    int Window = 0
)
{
    public static TinyModelShape Llama { get; } = new();

    public static TinyModelShape TiedLlama { get; } = new(Tied: true);

    public static TinyModelShape Llama3 { get; } = new(Tied: true, RopeFreqs: true);

    public static TinyModelShape Qwen2 { get; } = new("qwen2", Tied: true);

    public static TinyModelShape Qwen3 { get; } = new("qwen3", Tied: true, LengthOfHeads: 24);

    /// <summary>Of its layers, the fourth has no rotations.</summary>
    public static TinyModelShape SmolLm3 { get; } = new("smollm3", Layers: 5, Tied: true);

    /// <summary>The tokenizer puts the token that begins a text before each.</summary>
    public bool AddsBegin { get; init; }

    public bool HasBias => Architecture == "qwen2";

    public static TinyModelShape Gemma { get; } = new("gemma", Tied: true, LengthOfHeads: 24);

    /// <summary>Of its layers, all but the sixth see a window of 16 tokens.</summary>
    public static TinyModelShape Gemma3 { get; } = new("gemma3", Layers: 7, Tied: true, LengthOfHeads: 24, Window: 16);

    public bool HasHeadNorms => Architecture is "qwen3" or "gemma3";

    public bool HasBranchNorms => Architecture == "gemma3";

    public int HeadLength => LengthOfHeads > 0 ? LengthOfHeads : Width / Heads;
}
