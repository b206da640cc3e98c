using Republic.Core.Datasets;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Refining;

namespace Republic.Core.Archives.Records;

/// <summary><c>datasets/&lt;id&gt;/dataset.json</c>; beside it stand the source and the rows of each version.</summary>
internal sealed record ArchivedDataset(Guid Id, string Name, DatasetType Type)
{
    public string? Description { get; init; }

    public string? FileName { get; init; }

    public RowMapping? Mapping { get; init; }

    /// <summary>The settings of the newest version.</summary>
    public RefinerySettings Settings { get; init; } = new();

    public int Version { get; init; }

    /// <summary>Rows that were changed or dropped by hand, the first change first.</summary>
    public IReadOnlyList<ArchivedChange> Changes { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }
}
