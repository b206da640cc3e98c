namespace Republic.Core.Datasets.Rows;

/// <param name="Line">Of the file, counted from 1: the one on which the row begins.</param>
/// <param name="Reason">A clause for people: "it is not JSON (column 17)".</param>
public sealed record RowError(int Line, string Reason);
