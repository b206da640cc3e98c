namespace Republic.Core.Jobs;

/// <summary>
/// One kind of long work. It may be started again at any time, on another node, while an earlier start still believes that it works:
/// what it makes goes to a place of its own, and becomes valid by the write that <see cref="JobResult"/> carries.
/// </summary>
public interface IJobWork
{
    /// <summary>Does the whole of it, or what an earlier start has left to do.</summary>
    /// <param name="run">The row as it was when the work began, and where progress is told.</param>
    /// <param name="ct">Cancelled when the person cancels, the node stops, or another node has taken the job.</param>
    /// <returns>What to save as the job ends, or a failure with what to do about it.</returns>
    Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct);
}
