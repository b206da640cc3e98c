namespace Republic.Core.Llama.Gguf;

/// <summary>An array in the header. Only short lists of numbers are kept; vocabularies are counted and passed over.</summary>
internal sealed record GgufArray(int ElementType, long Count, IReadOnlyList<long> Numbers);
