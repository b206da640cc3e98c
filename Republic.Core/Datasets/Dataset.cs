using Republic.Core.Data;
using Republic.Core.Datasets.Reading.Tables;

namespace Republic.Core.Datasets;

/// <summary>A person's training data. The rows are in files (<see cref="DatasetFiles"/>); this is what is known about them.</summary>
public sealed class Dataset : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public required DatasetType Type { get; init; }

    /// <summary>As the uploader's machine called it. Only ever shown.</summary>
    public string? FileName { get; init; }

    public required long SourceBytes { get; init; }

    /// <summary>Of the source as it was uploaded, in hex.</summary>
    public required string SourceSha256 { get; init; }

    /// <summary>Which column means what, where somebody said so.</summary>
    public RowMapping? Mapping { get; set; }

    /// <summary>The newest version, or 0 while there is none.</summary>
    public int Version { get; set; }

    /// <summary>The job that makes, made or failed to make the last version asked for.</summary>
    public Guid JobId { get; set; }

    /// <summary>What the source and all versions take on the disk.</summary>
    public long Bytes { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
