namespace Republic.Core.Datasets.Versions;

/// <param name="Repeats">The first of them, in the order of the source.</param>
/// <param name="Count">Of all repeats.</param>
public sealed record DuplicateCluster(SampleRow Kept, IReadOnlyList<RepeatedRow> Repeats, int Count);
