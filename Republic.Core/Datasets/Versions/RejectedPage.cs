namespace Republic.Core.Datasets.Versions;

/// <param name="Next">Where the next page begins, a position that only <see cref="VersionReader.Rejected"/> understands; null on the last.</param>
public sealed record RejectedPage(IReadOnlyList<RejectedRow> Rows, long? Next);
