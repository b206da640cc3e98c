using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets;

/// <summary>A row that a person changed or dropped. It waits until they save a version, and stays known afterwards: a version made with other settings has it too.</summary>
public sealed class DatasetChange
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid DatasetId { get; init; }

    /// <summary>The content hash of the row as it was.</summary>
    public required string Hash { get; init; }

    /// <summary>The row's line in the source, for people.</summary>
    public required int Line { get; init; }

    /// <summary>What it becomes; null drops it.</summary>
    public IReadOnlyList<RowMessage>? Messages { get; set; }

    /// <summary>The first version that has it; null while it waits.</summary>
    public int? SavedIn { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
