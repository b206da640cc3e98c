using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Loop;

namespace Republic.Sprout.Making;

/// <summary>
/// From the hidden states that must predict to the loss. Those rows are chosen before the head: rows with no target would
/// cost time, and their probabilities would leak into the gradient.
/// </summary>
internal sealed class FullHead
{
    private const int RowMultiple = 32;
    private readonly ComputeGraph graph;
    private readonly FullGraph full;
    private readonly Tensor x;
    private readonly Tensor rows;
    private readonly Tensor chosen;
    private readonly (Tensor Scaled, Tensor Normal) norm;
    private readonly FullWeight embedding;
    private readonly FullWeight lastNorm;
    private readonly Tensor logits;
    private readonly Tensor labels;
    private readonly float[] shares;
    private readonly double scale;

    public FullHead(ComputeGraph graph, FullGraph full, TrainingBatch batch, Tensor x, FullWeight embedding, FullWeight lastNorm)
    {
        (this.graph, this.full, this.x, this.embedding, this.lastNorm) = (graph, full, x, embedding, lastNorm);
        var count = (batch.Targets + RowMultiple - 1) / RowMultiple * RowMultiple;
        var vocabulary = (int)embedding.Values.Shape.B;
        var (indices, one, each) = (new int[count], new float[(long)count * vocabulary], new float[count]);
        for (var row = 0; row < batch.Targets; row++)
        {
            indices[row] = batch.TargetRows[row];
            one[((long)row * vocabulary) + batch.TargetTokens[row]] = 1;
            each[row] = 1f / batch.Targets;
        }

        rows = graph.Input(indices);
        labels = graph.Input(one, new(vocabulary, count));
        shares = each;
        chosen = graph.Rows(x, rows);
        norm = full.Norm(lastNorm, chosen);
        logits = full.Project(embedding, norm.Scaled);
        Mean = graph.Output(graph.CrossEntropy(logits, labels));
        // ggml's mean counts the rows that only fill up; their labels are 0 and add nothing.
        scale = (double)count / batch.Targets;
    }

    /// <summary>The mean loss of all rows, as one number.</summary>
    public Tensor Mean { get; }

    /// <summary>The mean loss of the targets, once the graph has been computed.</summary>
    public double Loss() => Mean.ToArray()[0] * scale;

    /// <summary>The gradient of x, and that of the embedding in its role as output.</summary>
    public (Tensor Hidden, Tensor Embedding) Back()
    {
        // An input that nothing reads gets no memory: this one is for the backward pass alone.
        var share = graph.Input(shares, new(1, shares.Length));
        var dLogits = graph.Multiply(graph.Subtract(graph.SoftMax(logits), labels), share);
        var (dEmbedding, dScaled) = full.BothBack(embedding, norm.Scaled, dLogits);
        var dChosen = full.NormBack(lastNorm, chosen, norm.Normal, dScaled);
        return (graph.RowsBack(dChosen, rows, x), dEmbedding);
    }
}
