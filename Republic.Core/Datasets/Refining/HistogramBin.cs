namespace Republic.Core.Datasets.Refining;

/// <param name="From">The least value that is counted here.</param>
/// <param name="To">The first that is counted in the next bin.</param>
public sealed record HistogramBin(double From, double To, int Count);
