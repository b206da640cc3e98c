namespace Republic.Core.Llama.Gguf;

/// <summary>What a checked header says of the model's shape.</summary>
/// <param name="Heads">0 for models without attention.</param>
/// <param name="KeyLength">Numbers per key and head.</param>
/// <param name="HeadsOfKeys">Heads that have keys and values of their own; others share them.</param>
internal sealed record GgufModelFacts(
    string Architecture,
    int Layers,
    int EmbeddingLength,
    int ContextLength,
    int Heads,
    long KeyLength,
    long ValueLength,
    long HeadsOfKeys
)
{
    public GgufModelFacts WithAttention(GgufFile file)
    {
        var perHead = Heads == 0 ? 0 : EmbeddingLength / Heads;
        return this with
        {
            KeyLength = file.Number($"{Architecture}.attention.key_length") ?? perHead,
            ValueLength = file.Number($"{Architecture}.attention.value_length") ?? perHead,
            HeadsOfKeys = file.Number($"{Architecture}.attention.head_count_kv") ?? Heads,
        };
    }
}
