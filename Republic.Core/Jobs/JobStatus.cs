namespace Republic.Core.Jobs;

public enum JobStatus
{
    /// <summary>Waits for a node with room.</summary>
    Queued,
    Running,
    Completed,
    Failed,
    Cancelled,
}
