using System.Numerics.Tensors;
using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Loop;
using Tensor = Republic.Core.Lora.Graph.Tensor;

namespace Republic.Core.Lora.Layers;

/// <summary>
/// The last norm, the projection to the vocabulary, and the loss −log softmax(z)[target] of the rows that have a target.
/// The others never reach it, which is the whole of the mask. Its gradient softmax(z) − onehot(target) is made in C#, a few
/// rows at a time, so that neither logits nor labels of a batch ever lie in memory at once.
/// </summary>
internal sealed class CrossEntropyHead(ComputeBackend backend, DecoderArchitecture architecture, Tensor normWeight, Projection output)
    : IDisposable
{
    private const int RowsAtATime = 256;
    private readonly GraphWorkspace workspace = new(backend, nodes: 32);
    private float[] taken = [];
    private float[] logits = [];

    public long Bytes => workspace.Bytes + ((taken.Length + (long)logits.Length) * sizeof(float));

    /// <param name="hidden">What the last layer gave: [width, tokens].</param>
    /// <param name="gradient">[width, tokens] of zeros, to which the gradient of the sum is added; or null.</param>
    /// <returns>The sum of the targets' losses, in nats.</returns>
    public double Run(float[] hidden, TrainingBatch batch, float[]? gradient, TensorType transposedType)
    {
        var loss = 0.0;
        var width = architecture.Width;
        for (var first = 0; first < batch.Targets; first += RowsAtATime)
        {
            var rows = batch.TargetRows.AsSpan(first, Math.Min(RowsAtATime, batch.Targets - first));
            Take(hidden, rows);
            Project(rows.Length);
            loss += TurnLogits(batch.TargetTokens.AsMemory(first, rows.Length));
            if (gradient is not null)
            {
                ProjectBack(rows.Length, transposedType);
                for (var i = 0; i < rows.Length; i++)
                {
                    var to = gradient.AsSpan(rows[i] * width, width);
                    TensorPrimitives.Add(to, taken.AsSpan(i * width, width), to);
                }
            }
        }

        return loss;
    }

    /// <summary>What a device cannot compute of it.</summary>
    public IReadOnlyList<string> Unsupported(TensorType transposedType)
    {
        using var graph = workspace.Begin();
        var x = graph.Input(new float[architecture.Width], new(architecture.Width, 1));
        graph.Output(Logits(graph, x));
        graph.Output(Back(graph, x, graph.Input(new float[architecture.Vocabulary], new(architecture.Vocabulary, 1)), transposedType));
        return graph.Unsupported();
    }

    /// <summary>Gives back what batches have taken.</summary>
    public void Free()
    {
        workspace.Release();
        (taken, logits) = ([], []);
    }

    public void Dispose() => workspace.Dispose();

    private void Take(float[] hidden, ReadOnlySpan<int> rows)
    {
        var width = architecture.Width;
        if (taken.Length < rows.Length * width)
        {
            taken = new float[rows.Length * width];
            logits = new float[rows.Length * architecture.Vocabulary];
        }

        for (var i = 0; i < rows.Length; i++)
        {
            hidden.AsSpan(rows[i] * width, width).CopyTo(taken.AsSpan(i * width));
        }
    }

    /// <summary>From logits to their gradients, in place. Each row has its loss, so that their sum does not depend on the threads.</summary>
    private double TurnLogits(ReadOnlyMemory<int> targets)
    {
        var losses = new double[targets.Length];
        void Turn(int row) =>
            losses[row] = CrossEntropy.Turn(logits.AsSpan(row * architecture.Vocabulary, architecture.Vocabulary), targets.Span[row]);
        Parallel.For(0, targets.Length, new ParallelOptions { MaxDegreeOfParallelism = backend.Threads }, Turn);
        return losses.Sum();
    }

    private void Project(int rows)
    {
        using var graph = workspace.Begin();
        var z = graph.Output(Logits(graph, Input(graph, taken, architecture.Width, rows)));
        graph.Compute();
        z.Read(logits.AsSpan(0, rows * architecture.Vocabulary));
    }

    /// <summary>From the gradient of the logits, in their place, to that of the rows, in theirs.</summary>
    private void ProjectBack(int rows, TensorType transposedType)
    {
        using var graph = workspace.Begin();
        var x = Input(graph, taken, architecture.Width, rows);
        var back = graph.Output(Back(graph, x, Input(graph, logits, architecture.Vocabulary, rows), transposedType));
        graph.Compute();
        back.Read(taken.AsSpan(0, rows * architecture.Width));
    }

    private Tensor Logits(ComputeGraph graph, Tensor x) =>
        graph.MatMul(output.Weight, graph.Multiply(graph.RmsNorm(x, architecture.Epsilon), normWeight));

    private Tensor Back(ComputeGraph graph, Tensor x, Tensor gradient, TensorType transposedType) =>
        graph.RmsNormBack(
            graph.Multiply(graph.MatMul(output.TransposedFor(graph, transposedType), gradient), normWeight),
            x,
            architecture.Epsilon
        );

    private static Tensor Input(ComputeGraph graph, float[] values, int width, int rows) =>
        graph.Input(values.AsMemory(0, width * rows), new(width, rows));
}
