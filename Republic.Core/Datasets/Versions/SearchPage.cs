namespace Republic.Core.Datasets.Versions;

/// <param name="Next">The position to go on from; null when every row has been looked at.</param>
public sealed record SearchPage(IReadOnlyList<SampleRow> Rows, int? Next);
