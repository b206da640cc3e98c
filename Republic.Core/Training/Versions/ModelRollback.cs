namespace Republic.Core.Training.Versions;

/// <summary>A request to put a minion back to an earlier version of its model.</summary>
public sealed record ModelRollback
{
    /// <summary>The version; 0 for the model without weights, null for the one that was deployed before the live one.</summary>
    public int? Version { get; init; }

    /// <summary>The minion; null where one minion alone has versions on the model.</summary>
    public Guid? MinionId { get; init; }
}
