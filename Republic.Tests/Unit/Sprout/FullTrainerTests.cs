using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Rows;
using Republic.Sprout.Making;

namespace Republic.Tests.Unit.Sprout;

/// <summary>The hand-written backward pass of all weights against the one that ggml derives.</summary>
public sealed class FullTrainerTests
{
    private static readonly SproutShape Shape = new(Vocabulary: 96, Width: 64, Layers: 2, Heads: 4, HeadsOfKeys: 2, FeedForward: 96);
    private readonly SproutWeights weights = Rough();

    [Theory]
    [InlineData(nameof(TensorType.F32), 1e-5)]
    [InlineData(nameof(TensorType.BF16), 2e-2)]
    public void Its_gradients_are_those_that_ggml_derives(string precision, double tolerance)
    {
        var batch = TrainingBatch.Of([Example(1, 40)], multiple: 8);
        using var trainer = new FullTrainer(weights, threads: 1, Enum.Parse<TensorType>(precision));

        var loss = trainer.Gradients(batch, Gradients());
        var (derivedLoss, derived) = Autograd(batch);

        Assert.Equal(derivedLoss, loss, tolerance);
        foreach (var (weight, expected) in weights.All.Zip(derived))
        {
            var difference = Distance(weight.Gradient, expected) / Distance(expected, new float[expected.Length]);
            Assert.True(difference < tolerance, $"{weight.Name}: {difference}");
        }
    }

    [Fact]
    public void A_batch_of_several_sequences_has_the_mean_gradient_of_its_targets()
    {
        TrainingExample[] examples = [Example(2, 30), Example(3, 17), Example(4, 24)];
        using var trainer = new FullTrainer(weights, threads: 1, TensorType.F32);
        var sums = weights.All.Select(weight => new double[weight.Gradient.Length]).ToList();
        var targets = examples.Sum(example => example.LearnedCount);
        foreach (var example in examples)
        {
            trainer.Gradients(TrainingBatch.Of([example], multiple: 8), Gradients());
            for (var i = 0; i < sums.Count; i++)
            {
                var share = (double)example.LearnedCount / targets;
                sums[i] = [.. sums[i].Zip(weights.All[i].Gradient, (sum, gradient) => sum + (share * gradient))];
            }
        }

        trainer.Gradients(TrainingBatch.Of(examples, multiple: 8), Gradients());

        foreach (var (weight, sum) in weights.All.Zip(sums))
        {
            var expected = sum.Select(value => (float)value).ToArray();
            Assert.True(Distance(weight.Gradient, expected) < 1e-5 * Distance(expected, new float[expected.Length]), weight.Name);
        }
    }

    [Fact]
    public void A_step_is_the_same_for_any_number_of_workers()
    {
        TrainingBatch[] step =
        [
            .. Enumerable.Range(0, 5).Select(i => TrainingBatch.Of([Example((ulong)i + 9, 20 + (i * 3))], multiple: 8)),
        ];
        using var alone = new StepTrainer(weights, workers: 1);
        using var together = new StepTrainer(weights, workers: 3);

        var loss = alone.Gradients(step);
        var expected = weights.All.Select(weight => weight.Gradient.ToArray()).ToList();
        var same = together.Gradients(step);

        Assert.Equal(loss, same);
        Assert.Equal(expected, weights.All.Select(weight => weight.Gradient));
        Assert.Equal(alone.Loss(step), together.Loss(step));
    }

    [Fact]
    public void A_token_outside_the_vocabulary_is_refused()
    {
        using var trainer = new FullTrainer(weights, threads: 1);

        Assert.Throws<LoraException>(() => trainer.Loss(TrainingBatch.Of([new TrainingExample([1, 96], [false, true])])));
    }

    private List<float[]> Gradients() => [.. weights.All.Select(weight => weight.Gradient)];

    private (double Loss, List<float[]> Gradients) Autograd(TrainingBatch batch)
    {
        using var backend = ComputeBackend.Cpu(threads: 1);
        using var store = new TensorStore((weights.All.Count * 2) + 1);
        var tensors = weights.All.ToDictionary(
            weight => weight.Name,
            weight => new FullWeight(
                store.Add(TensorType.F32, new(weight.Inputs, weight.Outputs)),
                store.Add(TensorType.F32, new(weight.Inputs, weight.Outputs))
            )
        );
        var seed = store.Add(TensorType.F32, new(1));
        store.Allocate(backend);
        seed.Write([1f]);
        foreach (var weight in weights.All)
        {
            ComputeGraph.MarkParameter(tensors[weight.Name].Values);
            tensors[weight.Name].Values.Write(weight.Values);
        }

        using var workspace = new GraphWorkspace(backend, nodes: 4096, gradients: true);
        using var graph = workspace.Begin();
        var full = new FullGraph(graph, batch, Shape, TensorType.F32);
        var x = graph.Rows(tensors[SproutWeights.Embedding].Values, graph.Input(batch.Tokens));
        for (var layer = 0; layer < Shape.Layers; layer++)
        {
            var number = layer;
            x = new FullLayer(graph, full, Shape, part => tensors[SproutWeights.Name(number, part)], x).Result;
        }

        // As many targets as the head's rows, so that ggml's mean is the trainer's.
        Assert.Equal(0, batch.Targets % 32);
        var head = new FullHead(graph, full, batch, x, tensors[SproutWeights.Embedding], tensors[SproutWeights.LastNorm]);
        graph.Differentiate(head.Mean, seed, [.. tensors.Values.Select(tensor => (tensor.Values, tensor.Gradient))]);
        graph.Compute();
        return (head.Loss(), [.. weights.All.Select(weight => tensors[weight.Name].Gradient.ToArray())]);
    }

    private static SproutWeights Rough()
    {
        var rough = SproutWeights.Random(Shape, seed: 7);
        var random = new SeededRandom(8);
        foreach (var weight in rough.All)
        {
            for (var i = 0; i < weight.Values.Length; i++)
            {
                weight.Values[i] = weight.IsNorm ? 1 + (0.3f * (float)random.NextNormal()) : weight.Values[i] * 4;
            }
        }

        return rough;
    }

    /// <summary>32 of the first example's tokens are learned.</summary>
    private static TrainingExample Example(ulong seed, int length)
    {
        var random = new SeededRandom(seed);
        return new TrainingExample(
            [.. Enumerable.Range(0, length).Select(_ => random.Next(Shape.Vocabulary))],
            [.. Enumerable.Range(0, length).Select(i => i >= length - 32 && i > 0)]
        );
    }

    private static double Distance(IReadOnlyList<float> a, IReadOnlyList<float> b) =>
        Math.Sqrt(a.Zip(b, (x, y) => Math.Pow(x - y, 2)).Sum());
}
