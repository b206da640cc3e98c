using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Reading;

/// <summary>One row of a source as messages.</summary>
/// <param name="Line">Of the source, counted from 1: the one on which the row begins.</param>
/// <param name="Problem">Why the row has no messages; null where it has.</param>
internal sealed record SourceRow(int Line, IReadOnlyList<RowMessage> Messages, string? Problem);
