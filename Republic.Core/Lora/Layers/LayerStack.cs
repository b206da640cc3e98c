using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// Carries a batch up through the layers and its gradient down again, one small graph per layer and direction. Of each
/// layer only its input stays in memory, and the layer is computed again on the way down (Chen et al., arXiv 1604.06174);
/// where memory allows, the last layers' activations are kept instead.
/// </summary>
internal sealed class LayerStack(
    ComputeBackend backend,
    DecoderArchitecture architecture,
    LoraShape lora,
    IReadOnlyList<DecoderLayer> layers
) : IDisposable
{
    private readonly GraphWorkspace forward = new(backend);
    private readonly GraphWorkspace backward = new(backend);
    private readonly Dictionary<int, GraphWorkspace> keeping = [];
    private readonly Dictionary<int, ComputeGraph> open = [];
    private readonly Dictionary<int, KeptActivations> kept = [];
    private float[][] inputs = [];

    public required TensorType TransposedType { get; init; }

    /// <summary>What activations that are kept may take.</summary>
    public required long SpareBytes { get; set; }

    /// <summary>Of how many layers the last pass that was to be followed by a backward pass kept the activations.</summary>
    public int KeptLayers { get; private set; }

    public long Bytes =>
        forward.Bytes
        + backward.Bytes
        + keeping.Values.Sum(workspace => workspace.Bytes)
        + inputs.Sum(values => (long)values.Length * sizeof(float));

    /// <summary>What goes into the first layer, [width, tokens]; fill it before <see cref="Forward"/>.</summary>
    public float[] Begin(BatchShape batch)
    {
        Release();
        var length = architecture.Width * batch.Tokens;
        if (inputs.Length == 0 || inputs[0].Length != length)
        {
            inputs = [.. Enumerable.Range(0, layers.Count + 1).Select(_ => new float[length])];
        }

        return inputs[0];
    }

    /// <param name="keep">Whether a backward pass will follow.</param>
    /// <returns>What comes out of the last layer: [width, tokens].</returns>
    public float[] Forward(BatchShape batch, bool keep, CancellationToken ct)
    {
        KeptLayers = keep ? Keepable(batch) : KeptLayers;
        var firstKept = keep ? layers.Count - KeptLayers : layers.Count;
        for (var layer = 0; layer < layers.Count; layer++)
        {
            ct.ThrowIfCancellationRequested();
            if (layer < firstKept)
            {
                using var graph = forward.Begin();
                Compute(graph, batch, layer, keep: false);
            }
            else
            {
                var workspace = keeping.TryGetValue(layer, out var known) ? known : keeping[layer] = new GraphWorkspace(backend);
                // Stays open until its layer is left on the way down: its outputs are what is kept.
                open[layer] = workspace.Begin();
                kept[layer] = Compute(open[layer], batch, layer, keep: true);
            }
        }

        return inputs[^1];
    }

    /// <param name="gradient">Of what came out: [width, tokens]. Used up.</param>
    /// <param name="scale">What the gradients of the parameters are multiplied by when they are added up.</param>
    public void Backward(BatchShape batch, float[] gradient, float scale, CancellationToken ct)
    {
        for (var layer = layers.Count - 1; layer >= 0; layer--)
        {
            ct.ThrowIfCancellationRequested();
            using var graph = backward.Begin();
            var pass = Pass(graph, batch, layer);
            var back = Build(pass, inputs[layer], gradient);
            graph.Compute();
            pass.Collect(scale);
            back?.Read(gradient);
            Release(layer);
        }
    }

    /// <summary>Gives back all that passes have taken, after one of them found no memory. From now on nothing is kept for speed.</summary>
    public void Free()
    {
        Release();
        foreach (var workspace in keeping.Values)
        {
            workspace.Dispose();
        }

        keeping.Clear();
        forward.Release();
        backward.Release();
        (inputs, SpareBytes) = ([], 0);
    }

    /// <summary>What a device cannot compute of a layer, in either direction.</summary>
    public IReadOnlyList<string> Unsupported()
    {
        var batch = new BatchShape(Length: 32, Sequences: 2, DropoutSeed: 1);
        var values = new float[architecture.Width * batch.Tokens];
        using var graph = backward.Begin();
        // The second layer where there is one: it gives back a gradient, and the first does not.
        var pass = Pass(graph, batch, Math.Min(1, layers.Count - 1));
        Build(pass, values, values);
        return graph.Unsupported();
    }

    public void Dispose()
    {
        Release();
        forward.Dispose();
        backward.Dispose();
        foreach (var workspace in keeping.Values)
        {
            workspace.Dispose();
        }
    }

    private LayerPass Pass(ComputeGraph graph, BatchShape batch, int layer) =>
        new(graph, batch, lora, layer, architecture.WindowOf(layer), TransposedType);

    private KeptActivations Compute(ComputeGraph graph, BatchShape batch, int layer, bool keep)
    {
        var pass = Pass(graph, batch, layer);
        var (y, activations) = layers[layer].Forward(pass, Input(pass, inputs[layer]));
        activations = keep ? activations.From(graph) : activations;
        graph.Output(y);
        graph.Compute();
        y.Read(inputs[layer + 1]);
        return activations;
    }

    private Tensor? Build(LayerPass pass, float[] input, float[] gradient)
    {
        var (x, dy) = (Input(pass, input), Input(pass, gradient));
        var layer = layers[pass.Layer];
        var back = kept.TryGetValue(pass.Layer, out var held)
            ? layer.Backward(pass, x, held.For(pass.Graph), dy)
            : layer.Backward(pass, x, dy);
        return back is { } dx ? pass.Graph.Output(dx) : null;
    }

    private Tensor Input(LayerPass pass, float[] values) => pass.Graph.Input(values, new(architecture.Width, pass.Batch.Tokens));

    private int Keepable(BatchShape batch)
    {
        var scores = (long)architecture.Heads * batch.Length;
        var perToken = (2 * architecture.QueryWidth) + (2 * architecture.KeyWidth) + architecture.Width + (2 * architecture.FeedForward);
        perToken += architecture.Traits.BranchNorms ? 2 * architecture.Width : 0;
        // A quarter more for what the forward pass needs beside them.
        var bytes = (perToken + scores) * batch.Tokens * sizeof(float) * 5 / 4;
        return (int)Math.Min(SpareBytes / bytes, layers.Count);
    }

    private void Release()
    {
        foreach (var layer in open.Keys.ToList())
        {
            Release(layer);
        }
    }

    private void Release(int layer)
    {
        kept.Remove(layer);
        if (open.Remove(layer, out var graph))
        {
            graph.Dispose();
        }
    }
}
