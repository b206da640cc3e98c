using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Republic.Core.Datasets.Splitting;

namespace Republic.Core.Lora.Rows;

/// <summary>Which examples are learned from and which are held out to measure with, and how they are grouped.</summary>
/// <param name="Groups">Of rows whose questions or answers are nearly equal: each stands on one side.</param>
/// <param name="HeldOutSizes">Rows of each group that is held out.</param>
internal sealed record TrainingSplit(
    IReadOnlyList<int> Training,
    IReadOnlyList<int> Validation,
    int Groups,
    int DifferentAnswers,
    IReadOnlyList<int> HeldOutSizes
)
{
    /// <summary>The same rows are held out for the same seed and rows.</summary>
    public static TrainingSplit Of(TrainingData data, double? share, long seed)
    {
        var texts = data.Usable.Select(row => (row.Asked, row.Answered)).ToList();
        return Of(data.RowOf, RowClusters.Find(texts), row => Number(texts[row]), share, seed);
    }

    /// <summary>Of examples without text: those of the same tokens are one group.</summary>
    public static TrainingSplit Of(IReadOnlyList<TrainingExample> examples, double? share, long seed)
    {
        var numbers = examples.Select(example => NumberOf(MemoryMarshal.AsBytes(example.Tokens.AsSpan()))).ToList();
        var different = numbers.Distinct().Select((number, group) => (number, group)).ToDictionary(pair => pair.number, pair => pair.group);
        var clusters = new RowClusters([.. numbers.Select(number => different[number])], different.Count, different.Count);
        return Of([.. Enumerable.Range(0, examples.Count)], clusters, row => numbers[row], share, seed);
    }

    private static TrainingSplit Of(IReadOnlyList<int> rowOf, RowClusters clusters, Func<int, ulong> numberOf, double? share, long seed)
    {
        var split = new RowSplit(clusters, numberOf, share, seed, RunRows.MostHeldOut);
        var sides = Enumerable.Range(0, rowOf.Count).ToLookup(example => split.IsHeldOut(rowOf[example]));
        return new TrainingSplit(
            [.. sides[false]],
            [.. sides[true]],
            split.Groups,
            split.DifferentAnswers,
            [.. clusters.Of.Where((_, row) => split.IsHeldOut(row)).CountBy(group => group).Select(group => group.Value)]
        );
    }

    private static ulong Number((string Question, string Answer) row) =>
        NumberOf(MemoryMarshal.AsBytes($"{row.Question}\0{row.Answer}".AsSpan()));

    private static ulong NumberOf(ReadOnlySpan<byte> text) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(text));
}
