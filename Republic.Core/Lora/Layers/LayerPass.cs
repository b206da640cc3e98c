using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>What the graph of one layer and one batch is built with, and the gradients that it will leave.</summary>
/// <param name="window">How many tokens each sees, its own included; 0 for all.</param>
internal sealed class LayerPass(ComputeGraph graph, BatchShape batch, LoraShape lora, int layer, int window, TensorType transposedType)
{
    private readonly List<(LowRankPair Pair, Tensor A, Tensor B)> gradients = [];

    public ComputeGraph Graph => graph;

    public BatchShape Batch => batch;

    public int Layer => layer;

    /// <summary>alpha / rank.</summary>
    public float Scale => lora.Scale;

    public TensorType TransposedType => transposedType;

    /// <summary>[length].</summary>
    public Tensor Positions { get; } = graph.Input(batch.Positions);

    /// <summary>[keys, queries]: −∞ where a token would see a later one, or one outside its window.</summary>
    public Tensor Mask { get; } = graph.Input(batch.MaskWithin(window), new(batch.Length, batch.Length));

    /// <summary>The factors by which a module's input is multiplied, or null without dropout.</summary>
    public Tensor? Dropout(int module, TensorShape shape)
    {
        if (batch.DropoutSeed is not { } seed || lora.Dropout == 0)
        {
            return null;
        }

        var mask = new float[shape.Count];
        DropoutMask.Fill(mask, DropoutMask.Key(seed, layer, module), lora.Dropout);
        return graph.Input(mask, shape);
    }

    /// <summary>Notes gradients that are to be added to a pair's own once the graph is computed.</summary>
    public void Note(LowRankPair pair, Tensor a, Tensor b) => gradients.Add((pair, graph.Output(a), graph.Output(b)));

    public void Collect(float scale)
    {
        foreach (var (pair, a, b) in gradients)
        {
            pair.Collect(a, b, scale);
        }
    }
}
