namespace Republic.Core.Datasets;

/// <param name="Rows">Read so far.</param>
/// <param name="Bytes">Of the source, read so far.</param>
public sealed record DatasetProgress(int Rows, long Bytes, long BytesTotal);
