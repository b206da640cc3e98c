using Republic.Core.Datasets.Refining;

namespace Republic.Core.Datasets;

/// <summary>One state of a dataset's rows. It never changes: an edit or another threshold makes the next one.</summary>
public sealed class DatasetVersion
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid DatasetId { get; init; }

    /// <summary>From 1 on, without gaps.</summary>
    public required int Number { get; init; }

    public required VersionOrigin Origin { get; init; }

    /// <summary>The name of its folder below the dataset's.</summary>
    public required string Folder { get; init; }

    public required RefineryResult Result { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
