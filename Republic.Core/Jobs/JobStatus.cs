namespace Republic.Core.Jobs;

public enum JobStatus
{
    /// <summary>Waits for a node with room.</summary>
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,

    /// <summary>By a limit, which the message names; it can be started again when there is room.</summary>
    Paused,
}
