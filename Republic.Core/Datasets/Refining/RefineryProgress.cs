namespace Republic.Core.Datasets.Refining;

/// <param name="Share">From 0 to 1, of the whole work.</param>
/// <param name="Phase">For people: "Checking rows", "Finding near duplicates", "Writing the version".</param>
/// <param name="Rows">Read so far.</param>
/// <param name="Bytes">Of the source, read so far.</param>
/// <param name="BytesTotal">Of the source.</param>
public sealed record RefineryProgress(double Share, string Phase, int Rows, long Bytes, long BytesTotal);
