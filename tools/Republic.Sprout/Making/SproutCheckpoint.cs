using System.Runtime.InteropServices;
using Republic.Core;
using Republic.Core.Lora.Loop;

namespace Republic.Sprout.Making;

/// <summary>What a run needs to go on: its seed and rate, by which it is known, step, place in the data, vocabulary, weights and moments. Written, then renamed.</summary>
internal sealed class SproutCheckpoint(string path, SproutPlan plan)
{
    private const int Magic = 0x32525053;

    public void Save(BatchPosition position, Vocabulary vocabulary, SproutWeights weights, SproutOptimizer optimizer) =>
        AtomicFile.Write(
            path,
            stream =>
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                writer.Write(Magic);
                writer.Write(plan.Seed);
                writer.Write(plan.LearningRate);
                writer.Write(optimizer.Adam.Steps);
                writer.Write(position.Pool);
                writer.Write(position.FirstStep);
                writer.Write(position.Taken);
                writer.Write(vocabulary.Merges.Count);
                foreach (var (left, right) in vocabulary.Merges)
                {
                    writer.Write(left);
                    writer.Write(right);
                }

                foreach (var numbers in Numbers(weights, optimizer))
                {
                    writer.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
                }
            }
        );

    /// <summary>The vocabulary comes first: the weights' shape depends on it.</summary>
    /// <exception cref="InvalidDataException">Not a checkpoint, or one of another run.</exception>
    public (BatchPosition Position, Vocabulary Vocabulary, SproutWeights Weights, SproutOptimizer Optimizer) Load(
        Func<Vocabulary, (SproutWeights, SproutOptimizer)> make
    )
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        if (reader.ReadInt32() != Magic)
        {
            throw new InvalidDataException(
                $"{path} is no checkpoint of this version's dev/sprout make. Delete it, or name another file with --checkpoint."
            );
        }

        if (reader.ReadInt64() != plan.Seed || reader.ReadSingle() != plan.LearningRate)
        {
            throw new InvalidDataException(
                $"{path} belongs to another run: it has another --seed, or one of the two began with a model (--from). Delete it, or name another file with --checkpoint."
            );
        }

        var steps = reader.ReadInt32();
        var position = new BatchPosition(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var merges = new (string, string)[reader.ReadInt32()];
        for (var i = 0; i < merges.Length; i++)
        {
            merges[i] = (reader.ReadString(), reader.ReadString());
        }

        var vocabulary = new Vocabulary(merges);
        var (weights, optimizer) = make(vocabulary);
        optimizer.Adam.Steps = steps;
        foreach (var numbers in Numbers(weights, optimizer))
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }

        return reader.BaseStream.Position == reader.BaseStream.Length
            ? (position, vocabulary, weights, optimizer)
            : throw new InvalidDataException($"{path} belongs to a model of another shape.");
    }

    private static IEnumerable<float[]> Numbers(SproutWeights weights, SproutOptimizer optimizer) =>
        weights.All.Select(weight => weight.Values).Concat(optimizer.Adam.FirstMoments).Concat(optimizer.Adam.SecondMoments);
}
