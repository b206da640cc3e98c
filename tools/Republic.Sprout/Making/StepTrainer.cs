using System.Numerics.Tensors;
using Republic.Core.Lora.Loop;

namespace Republic.Sprout.Making;

/// <summary>
/// Computes the batches of one step side by side, one thread of ggml each. Whoever is free takes the next batch, so that a
/// busy machine slows the step down and no thread spins while it waits for another; the gradients are added in the batches'
/// order, so that the result is the same for any number of workers.
/// </summary>
internal sealed class StepTrainer : IDisposable
{
    private readonly SproutWeights weights;
    private readonly FullTrainer[] trainers;
    private readonly List<List<float[]>> gradients = [];

    public StepTrainer(SproutWeights weights, int workers)
    {
        this.weights = weights;
        trainers = [.. Enumerable.Range(0, workers).Select(_ => new FullTrainer(weights, threads: 1))];
    }

    public void Upload()
    {
        foreach (var trainer in trainers)
        {
            trainer.Upload();
        }
    }

    /// <summary>The mean loss of all targets of a step; its gradient then stands in every weight, in place of what stood there.</summary>
    public double Gradients(IReadOnlyList<TrainingBatch> step)
    {
        while (gradients.Count < step.Count)
        {
            gradients.Add([.. weights.All.Select(weight => new float[weight.Gradient.Length])]);
        }

        var losses = Share(step, (trainer, i) => trainer.Gradients(step[i], gradients[i]));
        var targets = step.Sum(batch => batch.Targets);
        Parallel.For(
            0,
            weights.All.Count,
            new ParallelOptions { MaxDegreeOfParallelism = trainers.Length },
            index =>
            {
                var sum = weights.All[index].Gradient;
                Array.Clear(sum);
                for (var i = 0; i < step.Count; i++)
                {
                    TensorPrimitives.MultiplyAdd(gradients[i][index], (float)step[i].Targets / targets, sum, sum);
                }
            }
        );
        return Mean(step, losses);
    }

    /// <summary>The mean loss of all targets.</summary>
    public double Loss(IReadOnlyList<TrainingBatch> batches) => Mean(batches, Share(batches, (trainer, i) => trainer.Loss(batches[i])));

    public void Dispose()
    {
        foreach (var trainer in trainers)
        {
            trainer.Dispose();
        }
    }

    private double[] Share(IReadOnlyList<TrainingBatch> batches, Func<FullTrainer, int, double> compute)
    {
        var losses = new double[batches.Count];
        var next = -1;
        void Work(FullTrainer trainer)
        {
            for (var i = Interlocked.Increment(ref next); i < batches.Count; i = Interlocked.Increment(ref next))
            {
                losses[i] = compute(trainer, i);
            }
        }

        Parallel.Invoke([.. trainers.Select(trainer => (Action)(() => Work(trainer)))]);
        return losses;
    }

    private static double Mean(IReadOnlyList<TrainingBatch> batches, double[] losses) =>
        batches.Zip(losses, (batch, loss) => batch.Targets * loss).Sum() / batches.Sum(batch => batch.Targets);
}
