using System.Numerics.Tensors;
using Republic.Core.Llama.Native;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Weights;

namespace Republic.Core.Lora;

/// <summary>
/// Trains one model on several replicas where it is small (<see cref="ParallelParts"/>): each computes some of a batch's sequences, at the same
/// time as the others. A sequence always goes to the same replica and gradients are added in the order of the replicas, so the results do not
/// depend on the number of threads, to the bit. A larger model is computed whole, by all threads.
/// </summary>
internal sealed class ReplicatedModel : ITrainable, IDisposable
{
    private readonly LoraModel[] replicas;
    private readonly bool isSmall;
    private int threads = 1;

    private ReplicatedModel(LoraModel[] replicas, bool isSmall) => (this.replicas, this.isSmall) = (replicas, isSmall);

    public IReadOnlyList<LoraParameter> Parameters => replicas[0].Parameters;

    /// <summary>The number of replicas that compute at the same time; to be changed from any thread.</summary>
    public int Threads
    {
        get => threads;
        set
        {
            threads = value;
            replicas[0].Threads = isSmall ? 1 : value;
        }
    }

    private bool IsAlone => replicas.Length == 1;

    /// <param name="first">Its parameters are the ones that are trained. It is not disposed with the result.</param>
    /// <param name="batchSize">Sequences of a batch.</param>
    /// <exception cref="DeviceMemoryException">There is not enough memory.</exception>
    public static ReplicatedModel Of(LoraModel first, LoraShape shape, LoraModelSettings settings, int batchSize, CancellationToken ct)
    {
        var suits = first.Device.IsCpu && ParallelParts.Suits(new FileInfo(first.Path).Length);
        List<LoraModel> opened = [first];
        try
        {
            var own = settings with { Threads = 1, SpareBytes = AvailableMemory.Of(first.Device) / 2 / ParallelParts.Parts };
            while (suits && opened.Count < Math.Min(batchSize, ParallelParts.Parts))
            {
                opened.Add(LoraModel.Open(first.Path, shape, own, ct));
            }
        }
        catch
        {
            opened.Skip(1).ToList().ForEach(replica => replica.Dispose());
            throw;
        }

        return new([.. opened], suits) { Threads = settings.Threads };
    }

    public void Upload()
    {
        replicas[0].Upload();
        foreach (var replica in replicas.Skip(1))
        {
            foreach (var (parameter, trained) in replica.Parameters.Zip(Parameters))
            {
                trained.Values.CopyTo(parameter.Values, 0);
            }

            replica.Upload();
        }
    }

    public double Loss(TrainingBatch batch, CancellationToken ct = default) =>
        IsAlone ? replicas[0].Loss(batch, ct) : Sum(batch, (replica, sequence, _) => replica.Loss(sequence, ct));

    public double AddGradients(TrainingBatch batch, float scale, long dropoutSeed, CancellationToken ct = default)
    {
        if (IsAlone)
        {
            return replicas[0].AddGradients(batch, scale, dropoutSeed, ct);
        }

        foreach (var parameter in replicas.Skip(1).SelectMany(replica => replica.Parameters))
        {
            // Those of a batch that found no memory may be left.
            Array.Clear(parameter.Gradient);
        }

        var loss = Sum(
            batch,
            (replica, sequence, number) =>
                replica.AddGradients(sequence, scale, (long)SeededRandom.For(dropoutSeed, number).NextUInt64(), ct)
        );
        foreach (var replica in replicas.Skip(1))
        {
            foreach (var (trained, parameter) in Parameters.Zip(replica.Parameters))
            {
                TensorPrimitives.Add(trained.Gradient, parameter.Gradient, trained.Gradient);
            }
        }

        return loss;
    }

    public void Free() => Array.ForEach(replicas, replica => replica.Free());

    public void Dispose()
    {
        foreach (var replica in replicas.Skip(1))
        {
            replica.Dispose();
        }
    }

    /// <param name="compute">Of a replica, a sequence and the sequence's number: its loss.</param>
    private double Sum(TrainingBatch batch, Func<LoraModel, TrainingBatch, int, double> compute)
    {
        var sequences = batch.Alone().ToList();
        var losses = new double[sequences.Count];
        ParallelParts.Run(
            Math.Min(replicas.Length, sequences.Count),
            threads,
            replica =>
            {
                for (var number = replica; number < sequences.Count; number += replicas.Length)
                {
                    losses[number] = compute(replicas[replica], sequences[number], number);
                }
            }
        );
        return losses.Sum();
    }
}
