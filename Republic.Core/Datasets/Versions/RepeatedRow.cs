using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Versions;

/// <summary>A row that was left out because an earlier one says the same.</summary>
/// <param name="Similarity">To the row that was kept, 0 to 1.</param>
/// <param name="IsExact">Character by character.</param>
public sealed record RepeatedRow(int Line, double Similarity, bool IsExact, IReadOnlyList<RowMessage> Messages);
