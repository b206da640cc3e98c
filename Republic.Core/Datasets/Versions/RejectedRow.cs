namespace Republic.Core.Datasets.Versions;

/// <param name="Kind">malformed, too_short, too_long or low_quality.</param>
/// <param name="Raw">The row as it was found, at most 4 kB of it.</param>
/// <param name="Truncated">Whether it is longer than that.</param>
public sealed record RejectedRow(int Line, string Kind, string Reason, string Raw, bool Truncated = false);
