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
}
