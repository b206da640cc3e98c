namespace Republic.Core.Datasets.Reading.Tables;

/// <summary>What a mapping is chosen by: the columns of a table, its first records, and which column is probably what.</summary>
/// <param name="Guess">Null when no two columns look like a prompt and its answer.</param>
/// <param name="Records">The first few, each as long as <paramref name="Columns"/>.</param>
public sealed record TableLook(
    char Delimiter,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<string>> Records,
    RowMapping? Guess
);
