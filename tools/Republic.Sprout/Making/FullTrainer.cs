using Republic.Core.Lora;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Loop;

namespace Republic.Sprout.Making;

/// <summary>
/// Losses and gradients of all weights of a llama with tied embeddings. Master weights are 32 bits; the products run on
/// copies in a lower precision, made anew in each graph.
/// </summary>
internal sealed class FullTrainer : IDisposable
{
    private const int MostTensors = 4096;
    private readonly SproutWeights weights;
    private readonly TensorType precision;
    private readonly ComputeBackend backend;
    private readonly GraphWorkspace workspace;
    private readonly TensorStore store;
    private readonly Dictionary<string, FullWeight> onDevice = new(StringComparer.Ordinal);

    public FullTrainer(SproutWeights weights, int threads, TensorType precision = TensorType.BF16)
    {
        (this.weights, this.precision) = (weights, precision);
        backend = ComputeBackend.Cpu(threads);
        workspace = new GraphWorkspace(backend, MostTensors);
        store = new TensorStore(weights.All.Count * 2);
        foreach (var weight in weights.All)
        {
            var shape = new TensorShape(weight.Inputs, weight.Outputs);
            onDevice.Add(weight.Name, new(store.Add(TensorType.F32, shape, weight.Name), store.Add(TensorType.F32, shape)));
        }

        store.Allocate(backend);
        Upload();
    }

    /// <summary>Brings changed weights to the device.</summary>
    public void Upload()
    {
        foreach (var weight in weights.All)
        {
            onDevice[weight.Name].Values.Write(weight.Values);
        }
    }

    /// <summary>The mean loss of the batch's targets, in nats.</summary>
    public double Loss(TrainingBatch batch) => Run(batch, withGradients: false);

    /// <summary>The mean loss of the targets, and its gradient for each weight in turn.</summary>
    public double Gradients(TrainingBatch batch, IReadOnlyList<float[]> gradients)
    {
        var loss = Run(batch, withGradients: true);
        foreach (var (weight, gradient) in weights.All.Zip(gradients))
        {
            onDevice[weight.Name].Gradient.Read(gradient);
        }

        return loss;
    }

    public void Dispose()
    {
        store.Dispose();
        workspace.Dispose();
        backend.Dispose();
    }

    private double Run(TrainingBatch batch, bool withGradients)
    {
        Require(batch);
        var shape = weights.Shape;
        using var graph = workspace.Begin();
        var full = new FullGraph(graph, batch, shape, precision);
        var tokens = graph.Input(batch.Tokens);
        var x = graph.Rows(onDevice[SproutWeights.Embedding].Values, tokens);
        List<FullLayer> layers = [];
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var number = layer;
            layers.Add(new FullLayer(graph, full, shape, part => onDevice[SproutWeights.Name(number, part)], x));
            x = layers[^1].Result;
        }

        var head = new FullHead(graph, full, batch, x, onDevice[SproutWeights.Embedding], onDevice[SproutWeights.LastNorm]);
        if (withGradients)
        {
            var (dx, dEmbedding) = head.Back();
            for (var layer = shape.Layers - 1; layer >= 0; layer--)
            {
                dx = layers[layer].Back(dx);
            }

            var embedding = onDevice[SproutWeights.Embedding];
            var gradient = graph.Add(dEmbedding, graph.RowsBack(dx, tokens, embedding.Values));
            graph.Include(graph.CopyTo(gradient, embedding.Gradient));
        }

        graph.Compute();
        return head.Loss();
    }

    /// <summary>ggml ends the process where a row does not exist.</summary>
    private void Require(TrainingBatch batch)
    {
        var vocabulary = weights.Shape.Vocabulary;
        if (batch.Targets == 0 || batch.Tokens.Concat(batch.TargetTokens).Any(token => token < 0 || token >= vocabulary))
        {
            throw new LoraException($"The batch has no targets, or tokens outside the vocabulary of {vocabulary}.");
        }
    }
}
