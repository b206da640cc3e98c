namespace Republic.MiniLm.Onnx;

/// <summary>One operation of the graph, and the names of what goes into it and comes out.</summary>
internal sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    // Fields of NodeProto in onnx.proto.
    private const ulong Input = 1;
    private const ulong Output = 2;
    private const ulong OperationType = 4;

    public static OnnxNode Read(ReadOnlyMemory<byte> message)
    {
        var fields = ProtoMessage.Fields(message).ToLookup(field => field.Number);
        return new(
            fields[OperationType].LastOrDefault().Text,
            [.. fields[Input].Select(field => field.Text)],
            [.. fields[Output].Select(field => field.Text)]
        );
    }
}
