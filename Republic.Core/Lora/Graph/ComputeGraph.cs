using System.Runtime.InteropServices;
using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Lora.Graph;

/// <summary>
/// One computation: operations are noted as their methods are called, and computed all at once by <see cref="Compute"/>.
/// Shapes are checked here, because ggml ends the process where they do not fit.
/// </summary>
/// <example><code>
/// using var graph = workspace.Begin();
/// var y = graph.Output(graph.MatMul(weight, graph.Input(values, new(width, tokens))));
/// graph.Compute();
/// y.Read(result);
/// </code></example>
internal sealed unsafe partial class ComputeGraph : IDisposable
{
    /// <summary>GGML_STATUS_ALLOC_FAILED.</summary>
    private const int NoMemory = -2;
    private readonly GraphWorkspace workspace;
    private readonly nint graph;
    private readonly List<(Tensor Input, Action Upload)> inputs = [];
    private nint context;
    private int made;

    internal ComputeGraph(GraphWorkspace workspace, nint context, nint graph)
    {
        this.workspace = workspace;
        this.context = context;
        this.graph = graph;
    }

    /// <summary>Numbers that are copied to the device when the graph is computed, not before.</summary>
    public Tensor Input(ReadOnlyMemory<float> values, TensorShape shape)
    {
        var tensor = NewInput(TensorType.F32, shape, values.Length);
        inputs.Add((tensor, () => tensor.Write(values.Span)));
        return tensor;
    }

    /// <summary>Whole numbers, such as tokens or positions. Whoever gives rows of a table must have checked their range.</summary>
    public Tensor Input(ReadOnlyMemory<int> values)
    {
        var tensor = NewInput(TensorType.I32, new(values.Length), values.Length);
        inputs.Add((tensor, () => tensor.Write(values.Span)));
        return tensor;
    }

    /// <summary>
    /// What another graph has computed and still holds, as an input of this one, without a copy. The other graph must not
    /// be disposed before this one was computed.
    /// </summary>
    public Tensor Input(Tensor output)
    {
        Require(output.Pointer->buffer != 0 && output.IsContiguous, $"{output} has not been computed as an output");
        var tensor = New(output.Type, output.Shape);
        var status = GgmlApi.ggml_backend_tensor_alloc(output.Pointer->buffer, tensor.Pointer, output.Pointer->data);
        return status == 0 ? tensor : throw new InvalidOperationException($"{output} could not be used by another graph.");
    }

    /// <summary>Has the tensor computed, and keeps its memory from being used again, so that it can be read afterwards.</summary>
    public Tensor Output(Tensor tensor)
    {
        GgmlApi.ggml_set_output(tensor.Pointer);
        return Include(tensor);
    }

    /// <summary>Has the tensor computed, for what it does to others: see <see cref="AddInPlace"/>.</summary>
    public Tensor Include(Tensor tensor)
    {
        GgmlApi.ggml_build_forward_expand(graph, tensor.Pointer);
        return tensor;
    }

    /// <exception cref="DeviceMemoryException">The device has no memory for the graph.</exception>
    public void Compute()
    {
        workspace.Allocate(graph);
        // What no output depends on gets no memory.
        foreach (var (_, upload) in inputs.Where(input => input.Input.HasMemory))
        {
            upload();
        }

        workspace.Backend.FollowThreads();
        var status = GgmlApi.ggml_backend_graph_compute(workspace.Backend.Pointer, graph);
        if (status == NoMemory)
        {
            throw new DeviceMemoryException($"{workspace.Backend.Device.Name} has no memory left to compute with.");
        }

        if (status != 0)
        {
            throw new InvalidOperationException($"{workspace.Backend.Device.Name} could not compute the graph (status {status}).");
        }
    }

    /// <summary>The operations so far that the backend's device cannot compute, by ggml's names for them.</summary>
    public IReadOnlyList<string> Unsupported() =>
        [
            .. Operations()
                .Where(operation => !workspace.Backend.Supports(operation))
                .Select(operation => $"{Describe(operation)} of {new Tensor((GgmlTensor*)operation.Pointer->src[0]).Type}")
                .Distinct(),
        ];

    public void Dispose()
    {
        if (context != 0)
        {
            workspace.End(context);
            context = 0;
        }
    }

    private IEnumerable<Tensor> Operations() => Enumerable.Range(0, GgmlApi.ggml_graph_n_nodes(graph)).Select(Node);

    private Tensor Node(int index) => new(GgmlApi.ggml_graph_node(graph, index));

    private static string Describe(Tensor operation) => Marshal.PtrToStringUTF8(GgmlApi.ggml_op_desc(operation.Pointer)) ?? "?";

    private Tensor NewInput(TensorType type, TensorShape shape, long given)
    {
        Require(shape.IsPositive && given == shape.Count, $"{given} numbers are no match for an input of {shape}");
        var tensor = New(type, shape);
        GgmlApi.ggml_set_input(tensor.Pointer);
        return tensor;
    }

    internal Tensor New(TensorType type, TensorShape shape) =>
        Note(GgmlApi.ggml_new_tensor_4d(Room(), (int)type, shape.A, shape.B, shape.C, shape.D));

    /// <summary>The context, when it has room for what one operation makes at most; ggml ends the process where it has not.</summary>
    private nint Room()
    {
        ObjectDisposedException.ThrowIf(context == 0, this);
        return made + 2 <= workspace.Nodes
            ? context
            : throw new InvalidOperationException($"A graph of this workspace has at most {workspace.Nodes} tensors.");
    }

    private Tensor Note(GgmlTensor* tensor)
    {
        made++;
        return new Tensor(tensor);
    }

    private static void Require(bool fact, FormattableString otherwise)
    {
        if (!fact)
        {
            throw new TensorShapeException(FormattableString.Invariant(otherwise) + ".");
        }
    }
}
