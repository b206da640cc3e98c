namespace Republic.MiniLm.Onnx;

/// <summary>Numbers that the file holds.</summary>
/// <param name="Shape">The length of neighbouring numbers last.</param>
/// <param name="Type">As onnx.proto counts them.</param>
/// <param name="Bytes">Little-endian.</param>
internal sealed record OnnxTensor(string Name, IReadOnlyList<long> Shape, ulong Type, ReadOnlyMemory<byte> Bytes)
{
    private const ulong Float = 1;

    // Fields of TensorProto in onnx.proto.
    private const ulong Dimension = 1;
    private const ulong DataType = 2;
    private const ulong TensorName = 8;
    private const ulong RawData = 9;

    public static OnnxTensor Read(ReadOnlyMemory<byte> message)
    {
        var fields = ProtoMessage.Fields(message).ToLookup(field => field.Number);
        return new(
            fields[TensorName].LastOrDefault().Text,
            [.. fields[Dimension].Select(field => (long)field.Value)],
            fields[DataType].LastOrDefault().Value,
            fields[RawData].LastOrDefault().Bytes
        );
    }

    /// <summary>The bytes of its 32-bit numbers.</summary>
    /// <exception cref="InvalidDataException">It has another shape, or is of another type.</exception>
    public ReadOnlyMemory<byte> Floats(params IReadOnlyList<long> shape)
    {
        if (!Shape.SequenceEqual(shape))
        {
            throw new InvalidDataException($"{Name} is {Written(Shape)} and should be {Written(shape)}.");
        }

        var length = shape.Aggregate((long)sizeof(float), (product, one) => product * one);
        return Type == Float && Bytes.Length == length
            ? Bytes
            : throw new InvalidDataException($"{Name} does not hold {Written(shape)} numbers of 32 bits.");
    }

    private static string Written(IEnumerable<long> shape) => string.Join(" x ", shape);
}
