namespace Republic.MiniLm;

/// <summary>Facts that the weights alone do not say, or should agree with.</summary>
/// <param name="Context">The number of tokens that it reads at most.</param>
internal sealed record BertShape(int Layers, int Width, int FeedForward, int Heads, int Context)
{
    public static BertShape MiniLm { get; } = new(Layers: 6, Width: 384, FeedForward: 1536, Heads: 12, Context: 512);
}
