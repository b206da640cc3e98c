namespace Republic.Sprout.Making;

/// <summary>The lengths of a llama with tied embeddings. Heads of 64 numbers let llama.cpp use flash attention.</summary>
internal sealed record SproutShape(
    int Vocabulary,
    int Width = 256,
    int Layers = 5,
    int Heads = 4,
    int HeadsOfKeys = 2,
    int FeedForward = 384,
    int ContextLength = 2048
)
{
    public const float Epsilon = 1e-5f;
    public const float RopeBase = 10_000;

    public int HeadLength => Width / Heads;

    public int KeyWidth => HeadLength * HeadsOfKeys;
}
