using Republic.Core.Data;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Reports;

namespace Republic.Core.Training.Runs;

/// <summary>
/// One run of a minion through the nine steps. Whether it waits, works or is over says the <see cref="Jobs.Job"/> that does it, so that
/// there is one truth about it.
/// </summary>
public sealed class TrainingJob : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required Guid MinionId { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public required TrainingType Type { get; init; }

    public required TrainingMethod Method { get; init; }

    public RunOrigin Origin { get; init; }

    /// <summary>Of the minion, when the run was made.</summary>
    public required string Provider { get; init; }

    public required string ModelName { get; init; }

    /// <summary>As asked for, with all that was left out filled in.</summary>
    public required TrainingConfig Config { get; set; }

    public required List<Guid> DatasetIds { get; set; }

    public List<Guid> CollectionIds { get; set; } = [];

    /// <summary>Its rows become a collection, since it is to have one and none was chosen.</summary>
    public bool BuildsCollection => Type != TrainingType.LoraOnly && CollectionIds.Count == 0 && DatasetIds.Count > 0;

    /// <summary>The minion as it was when the run began: what is edited meanwhile does not change what is compared.</summary>
    public MinionSnapshot? Before { get; set; }

    /// <summary>The job that does the work, or did so last; null until it is started.</summary>
    public Guid? WorkId { get; set; }

    public TrainingReport? Report { get; set; }

    /// <summary>On the disk, with the weights that it made: as weighed after each start of it, and once in a while.</summary>
    public long Bytes { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Of the first start.</summary>
    public DateTimeOffset? StartedAt { get; set; }
}
