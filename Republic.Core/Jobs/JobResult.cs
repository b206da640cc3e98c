using Republic.Core.Data;

namespace Republic.Core.Jobs;

/// <param name="Save">Saves what the work made, in one transaction with the end of the job or of this start of it, or not at all when the job was taken by another node.</param>
/// <param name="Discard">Takes away what was made outside the database, when it was not saved.</param>
public sealed record JobResult(Func<RepublicDb, CancellationToken, Task> Save, Action? Discard = null)
{
    /// <summary>Nothing is left to save.</summary>
    public static JobResult Nothing { get; } = new((_, _) => Task.CompletedTask);

    /// <summary>Takes what <see cref="Save"/> needs of the locks that come before the row of a job (<see cref="AdvisoryLocks"/>).</summary>
    public Func<RepublicDb, CancellationToken, Task>? Lock { get; init; }

    /// <summary>Called where the job was cancelled before this was saved, another start has it, or the database refused it: keeps what was paid for all the same.</summary>
    public Func<CancellationToken, Task>? Refused { get; init; }

    /// <summary>False: it goes back to the queue.</summary>
    public bool IsEnd => WaitsFor is null && Rest is null;

    /// <summary>Called once it is saved, to tell of it; not where the process ends just then.</summary>
    public Action? Saved { get; init; }

    public string? WaitsFor { get; private init; }

    public JobDeferral? Rest { get; private init; }

    /// <summary>
    /// Not the end: the job goes back to the queue until some node has this free, and holds no room meanwhile. What was done so far is
    /// the work's own to find again.
    /// </summary>
    public static JobResult WaitFor(string what) => Nothing with { WaitsFor = what };

    /// <summary>Not the end either: what was made so far is saved, and it is begun again after a while and holds no room meanwhile.</summary>
    public JobResult Then(JobDeferral deferral) => this with { Rest = deferral };

    /// <inheritdoc cref="Then"/>
    public static JobResult After(JobDeferral deferral) => Nothing.Then(deferral);
}
