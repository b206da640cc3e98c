using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Layers;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Weights;

namespace Republic.Tests.Unit.Lora;

/// <summary>
/// The same model as one graph of plain products, whose backward pass ggml derives itself: an independent way to the same
/// gradients.
/// </summary>
internal sealed class AutogradReference : IDisposable
{
    private readonly ComputeBackend backend = ComputeBackend.Cpu(1);
    private readonly WeightsFile file;
    private readonly TensorStore store;
    private readonly GraphWorkspace workspace;
    private readonly DecoderArchitecture architecture;
    private readonly LoraModel model;
    private readonly float scale;
    private readonly Dictionary<string, (Tensor Value, Tensor Gradient)> parameters = new(StringComparer.Ordinal);
    private readonly Tensor lossGradient;

    public AutogradReference(LoraModel model, LoraShape shape)
    {
        this.model = model;
        (architecture, scale) = (model.Architecture, shape.Scale);
        file = new WeightsFile(model.Path, GgufReader.Read(model.Path));
        store = new TensorStore((2 * model.Parameters.Count) + 1);
        workspace = new GraphWorkspace(backend, nodes: 4096, gradients: true);
        foreach (var parameter in model.Parameters)
        {
            var size = new TensorShape(parameter.Columns, parameter.Rows);
            parameters[parameter.Name] = (store.Add(TensorType.F32, size), store.Add(TensorType.F32, size));
            ComputeGraph.MarkParameter(parameters[parameter.Name].Value);
        }

        lossGradient = store.Add(TensorType.F32, new(1));
        store.Allocate(backend);
    }

    /// <summary>The summed loss, and the gradient of that sum by parameter.</summary>
    public (double Loss, IReadOnlyDictionary<string, float[]> Gradients) Run(TrainingBatch batch)
    {
        foreach (var parameter in model.Parameters)
        {
            parameters[parameter.Name].Value.Write(parameter.Values);
        }

        lossGradient.Write([(float)batch.Targets]);
        using var graph = workspace.Begin();
        var shape = new BatchShape(batch.Length, batch.Sequences, DropoutSeed: null);
        var positions = graph.Input(shape.Positions);
        var mask = graph.Input(shape.CausalMask, new(batch.Length, batch.Length));
        var x = graph.Rows(file.Tensors["token_embd.weight"], graph.Input(batch.Tokens));
        for (var layer = 0; layer < architecture.Layers; layer++)
        {
            x = Layer(graph, $"blk.{layer}.", x, positions, mask, shape);
        }

        var labels = new float[batch.Targets * architecture.Vocabulary];
        for (var i = 0; i < batch.Targets; i++)
        {
            labels[(i * architecture.Vocabulary) + batch.TargetTokens[i]] = 1;
        }

        var predicting = Norm(graph, graph.Rows(x, graph.Input(batch.TargetRows)), "output_norm.weight");
        var logits = graph.MatMul(file.Tensors[DeviceWeights.OutputOf(file)], predicting);
        var loss = graph.CrossEntropy(logits, graph.Input(labels, new(architecture.Vocabulary, batch.Targets)));
        graph.Differentiate(loss, lossGradient, [.. parameters.Values]);
        graph.Output(loss);
        graph.Compute();
        return (loss.ToArray()[0] * batch.Targets, parameters.ToDictionary(pair => pair.Key, pair => pair.Value.Gradient.ToArray()));
    }

    /// <summary>What the whole graph takes at once.</summary>
    public long Bytes => workspace.Bytes;

    public void Dispose()
    {
        workspace.Dispose();
        store.Dispose();
        file.Dispose();
        backend.Dispose();
    }

    private Tensor Layer(ComputeGraph graph, string at, Tensor x, Tensor positions, Tensor mask, BatchShape batch)
    {
        var a = architecture;
        var factors = file.Tensors.TryGetValue("rope_freqs.weight", out var given) ? given : (Tensor?)null;
        var rope = new RopeSettings(a.Rope.Dimensions, a.Rope.NeoX, a.Rope.Base, a.Rope.Scale, factors);
        Tensor Heads(string name, Tensor input, int heads) =>
            graph.Reshape(Project(graph, at + name, input), new(a.HeadLength, heads, batch.Length, batch.Sequences));
        var normed = Norm(graph, x, at + "attn_norm.weight");
        var q = graph.Rope(Heads("attn_q", normed, a.Heads), positions, rope);
        var k = graph.Rope(Heads("attn_k", normed, a.HeadsOfKeys), positions, rope);
        var v = Heads("attn_v", normed, a.HeadsOfKeys);
        var queries = graph.Contiguous(graph.Permute(q, 0, 2, 1, 3));
        var keys = Repeated(graph, graph.Contiguous(graph.Permute(k, 0, 2, 1, 3)));
        var values = Repeated(graph, graph.Contiguous(graph.Permute(v, 1, 2, 0, 3)));
        var weights = graph.SoftMax(graph.MatMul(keys, queries), mask, a.AttentionScale);
        var attended = graph.Contiguous(graph.Permute(graph.MatMul(values, weights), 0, 2, 1, 3));
        x = graph.Add(x, Project(graph, at + "attn_output", graph.Reshape(attended, new(a.QueryWidth, batch.Tokens))));
        normed = Norm(graph, x, at + "ffn_norm.weight");
        var gated = graph.SwiGlu(Project(graph, at + "ffn_gate", normed), Project(graph, at + "ffn_up", normed));
        return graph.Add(x, Project(graph, at + "ffn_down", gated));
    }

    /// <summary>Heads that share keys get a copy each: ggml cannot go back through the sharing in a batch.</summary>
    private Tensor Repeated(ComputeGraph graph, Tensor x)
    {
        var (shape, group) = (x.Shape, architecture.GroupSize);
        var flat = graph.Reshape(x, new(shape.A * shape.B, 1, shape.C, shape.D));
        var copies = graph.Repeat(flat, flat.Shape with { B = group });
        return graph.Reshape(copies, new(shape.A, shape.B, shape.C * group, shape.D));
    }

    private Tensor Norm(ComputeGraph graph, Tensor x, string weight) =>
        graph.Multiply(graph.RmsNorm(x, architecture.Epsilon), file.Tensors[weight]);

    private Tensor Project(ComputeGraph graph, string name, Tensor x)
    {
        var y = graph.MatMul(file.Tensors[name + ".weight"], x);
        if (parameters.TryGetValue(name + ".weight.lora_a", out var a))
        {
            var b = parameters[name + ".weight.lora_b"].Value;
            y = graph.Add(y, graph.Scale(graph.MatMul(b, graph.MatMul(a.Value, x)), scale));
        }

        return file.Tensors.TryGetValue(name + ".bias", out var bias) ? graph.Add(y, bias) : y;
    }
}
