namespace Republic.Core.Datasets.Reading;

/// <param name="Start">In the batch's bytes.</param>
/// <param name="Length">Of what is there: of a record that is too long, the beginning.</param>
/// <param name="Offset">In the source.</param>
/// <param name="Fault">Why it need not be parsed.</param>
internal readonly record struct SourceRecord(int Start, int Length, long Offset, int Line, string? Fault);
