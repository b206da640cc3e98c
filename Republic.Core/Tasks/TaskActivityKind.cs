namespace Republic.Core.Tasks;

public enum TaskActivityKind
{
    Created,
    Renamed,
    Described,
    Moved,
    Assigned,
    Prioritized,
    Scheduled,
    Labelled,
    Capability,
    Budget,
    Parent,
    DependencyAdded,
    DependencyRemoved,
    FileAdded,
    FileRemoved,

    /// <summary>The minion began.</summary>
    WorkBegun,

    /// <summary>The minion would have begun by itself and may not; what came after says why.</summary>
    WorkRefused,
    WorkFailed,
    WorkStopped,

    /// <summary>The minion asked for something.</summary>
    WorkWaiting,
}
