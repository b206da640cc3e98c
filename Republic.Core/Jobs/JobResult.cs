using Republic.Core.Data;

namespace Republic.Core.Jobs;

/// <param name="Save">Saves what the work made, in one transaction with the end of the job, or not at all when the job was taken by another node.</param>
/// <param name="Discard">Takes away what was made outside the database, when it was not saved.</param>
public sealed record JobResult(Func<RepublicDb, CancellationToken, Task> Save, Action Discard)
{
    /// <summary>Null at the end of the work.</summary>
    public string? WaitsFor { get; private init; }

    /// <summary>
    /// Not the end: the job goes back to the queue until some node has this free, and holds no room meanwhile. What was done so far is
    /// the work's own to find again.
    /// </summary>
    public static JobResult WaitFor(string what) => new((_, _) => Task.CompletedTask, () => { }) { WaitsFor = what };
}
