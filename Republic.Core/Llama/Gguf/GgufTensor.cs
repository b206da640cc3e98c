namespace Republic.Core.Llama.Gguf;

/// <param name="Shape">1 to 4 lengths; the first is the one whose numbers lie side by side.</param>
/// <param name="Offset">From the start of the data section.</param>
internal sealed record GgufTensor(string Name, IReadOnlyList<long> Shape, GgufType Type, long Offset)
{
    public long Bytes => Shape.Aggregate(1L, (product, length) => checked(product * length)) / Type.BlockLength * Type.BlockBytes;
}
