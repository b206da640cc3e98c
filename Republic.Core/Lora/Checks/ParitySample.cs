using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Rows;

namespace Republic.Core.Lora.Checks;

/// <summary>The rows on which trainer and llama.cpp are held against each other: as many as memory has room for.</summary>
internal sealed class ParitySample
{
    private const int MostTokens = 512;
    private const int FewestTokens = 32;
    private readonly IReadOnlyList<TrainingExample> examples;
    private readonly int shortest;
    private int rows = 4;
    private int length;

    public ParitySample(IReadOnlyList<TrainingExample> examples)
    {
        this.examples = examples;
        // At least one row has to reach its answer, after which there is something to compare.
        var soonestAnswer = examples.Min(example => Array.IndexOf(example.Learned, true) + 1);
        (shortest, length) = (Math.Max(FewestTokens, soonestAnswer), Math.Max(MostTokens, soonestAnswer));
    }

    /// <summary>Checks on the sample; when memory runs out, on half its rows, and then on half their length.</summary>
    /// <exception cref="DeviceMemoryException">There is no memory for one short row.</exception>
    public T Check<T>(Func<TrainingBatch, T> check)
    {
        while (true)
        {
            try
            {
                return check(Batch());
            }
            catch (Exception e) when (e is OutOfMemoryException or DeviceMemoryException)
            {
                if (rows == 1 && length == shortest)
                {
                    throw new DeviceMemoryException($"There is no memory to compute {length} tokens with llama.cpp.", e);
                }

                (rows, length) = rows > 1 ? (rows / 2, length) : (rows, Math.Max(shortest, Math.Min(length, Longest()) / 2));
            }
        }
    }

    private TrainingBatch Batch() =>
        TrainingBatch.Of([.. examples.Select(example => example.CutTo(length)).Where(example => example.LearnedCount > 0).Take(rows)]);

    private int Longest() => examples.Max(example => example.Tokens.Length);
}
