using Republic.Core.Datasets.Rows;

namespace Republic.Core.Archives.Records;

/// <param name="Hash">Of the row as it was.</param>
/// <param name="Messages">What it becomes; null drops it.</param>
/// <param name="SavedIn">The first version that has it; null while it waits.</param>
internal sealed record ArchivedChange(string Hash, int Line, IReadOnlyList<RowMessage>? Messages = null, int? SavedIn = null);
