namespace Republic.MiniLm.Onnx;

/// <summary>The graph of an ONNX file, as far as its weights are concerned.</summary>
internal sealed class OnnxModel
{
    // Fields of ModelProto and GraphProto in onnx.proto.
    private const ulong Graph = 7;
    private const ulong Node = 1;
    private const ulong Initializer = 5;
    private readonly List<OnnxNode> nodes;
    private readonly Dictionary<string, OnnxTensor> tensors;

    private OnnxModel(List<OnnxNode> nodes, Dictionary<string, OnnxTensor> tensors)
    {
        this.nodes = nodes;
        this.tensors = tensors;
    }

    /// <exception cref="InvalidDataException">The file is damaged, or no ONNX file.</exception>
    public static OnnxModel Read(ReadOnlyMemory<byte> file)
    {
        var graph = ProtoMessage.Fields(file).LastOrDefault(field => field.Number == Graph).Bytes;
        var fields = ProtoMessage.Fields(graph).ToLookup(field => field.Number, field => field.Bytes);
        var operations = fields[Node].Select(OnnxNode.Read).ToList();
        var weights = fields[Initializer].Select(OnnxTensor.Read).DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name);
        return operations.Count > 0 && weights.Count > 0
            ? new OnnxModel(operations, weights)
            : throw new InvalidDataException("The file holds no graph with weights, so it is no ONNX model.");
    }

    /// <exception cref="InvalidDataException">There is none of this name.</exception>
    public OnnxTensor Tensor(string name) =>
        tensors.GetValueOrDefault(name) ?? throw new InvalidDataException($"There is no tensor {name}.");

    /// <summary>
    /// The matrix of the product to which a bias is added. Exporters call it by a number, since they turn it round: the length of what comes
    /// out is its last.
    /// </summary>
    /// <exception cref="InvalidDataException">The bias is added to no such product.</exception>
    public OnnxTensor MatrixBefore(string bias)
    {
        var sums = nodes.Where(node => node.Operation == "Add" && node.Inputs.Contains(bias)).SelectMany(node => node.Inputs).ToHashSet();
        var product = nodes.Find(node => node.Operation == "MatMul" && node.Outputs.Any(sums.Contains));
        var matrix = product?.Inputs.FirstOrDefault(tensors.ContainsKey);
        return matrix is null ? throw new InvalidDataException($"There is no matrix before {bias}.") : tensors[matrix];
    }
}
