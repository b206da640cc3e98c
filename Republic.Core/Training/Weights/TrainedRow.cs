namespace Republic.Core.Training.Weights;

/// <summary>A row that a minion has earned experience with. It earns once, in whichever run and dataset it comes again.</summary>
public sealed class TrainedRow
{
    public required Guid MinionId { get; init; }

    /// <summary>Of its letters and digits, whatever stands between them.</summary>
    public required byte[] Hash { get; init; }
}
