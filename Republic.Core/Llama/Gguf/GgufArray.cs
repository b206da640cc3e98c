namespace Republic.Core.Llama.Gguf;

/// <summary>An array in the header. Only short lists of whole numbers and truths are kept; vocabularies are counted and passed over.</summary>
/// <param name="Numbers">Truths are 1 and 0.</param>
internal sealed record GgufArray(int ElementType, long Count, IReadOnlyList<long> Numbers)
{
    /// <summary>As it stands in messages about headers.</summary>
    public override string ToString() => $"a list of {Count}";
}
