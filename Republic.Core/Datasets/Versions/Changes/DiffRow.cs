namespace Republic.Core.Datasets.Versions.Changes;

/// <param name="Before">Null where the row is new.</param>
/// <param name="After">Null where it is gone.</param>
public sealed record DiffRow(SampleRow? Before, SampleRow? After);
