namespace Republic.Core.Lora.Rows;

/// <summary>Why a row of the data is not used.</summary>
/// <param name="Line">From 1.</param>
public sealed record RowProblem(int Line, string Reason);
