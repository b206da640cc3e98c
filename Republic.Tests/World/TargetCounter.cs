using Republic.Core;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Loop;

namespace Republic.Tests.World;

/// <summary>
/// The smallest thing that can be trained: a number per token, whose loss is half the square of its distance from what it
/// ought to be. Its gradient is exact, so that the loop around it can be checked to the last digit.
/// </summary>
internal sealed class TargetCounter(int vocabulary) : ITrainable
{
    private readonly LoraParameter numbers = new("numbers", vocabulary, 1, new float[vocabulary], new float[vocabulary]);
    private float[] uploaded = new float[vocabulary];

    public IReadOnlyList<LoraParameter> Parameters => [numbers];

    /// <summary>What the numbers of rows to be learned and rows held out ought to be; apart, they overfit.</summary>
    public Func<int, float> Goal { get; set; } = _ => 1;

    /// <summary>The most tokens of a batch before memory runs out.</summary>
    public int Memory { get; set; } = int.MaxValue;

    /// <summary>Called before each batch whose gradient is asked for.</summary>
    public Action<TrainingBatch> BeforeGradients { get; set; } = _ => { };

    public List<TrainingBatch> Batches { get; } = [];

    public void Upload() => uploaded = [.. numbers.Values];

    public double Loss(TrainingBatch batch, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        return batch.Tokens.Length <= Memory
            ? batch.TargetTokens.Sum(token => 0.5 * Math.Pow(uploaded[token] - Goal(token), 2))
            : throw new DeviceMemoryException("No room.");
    }

    public double AddGradients(TrainingBatch batch, float scale, long dropoutSeed, CancellationToken ct = default)
    {
        BeforeGradients(batch);
        var loss = Loss(batch, ct);
        Batches.Add(batch);
        foreach (var token in batch.TargetTokens)
        {
            numbers.Gradient[token] += scale * (uploaded[token] - Goal(token));
        }

        return loss;
    }
}
