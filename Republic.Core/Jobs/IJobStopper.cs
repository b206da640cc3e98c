namespace Republic.Core.Jobs;

/// <summary>Stops jobs of a kind whose subject has a state of its own beside the job's.</summary>
public interface IJobStopper
{
    /// <summary>The kind of job.</summary>
    string Kind { get; }

    /// <summary>Stops the job, with the entry in the audit log that says so (<c>AuditActions.JobStopped</c>).</summary>
    /// <param name="subject">What the job is about.</param>
    /// <returns>Why it cannot be stopped; null where it is.</returns>
    Task<Failure?> StopAsync(Guid owner, Guid subject, JobStop stop, CancellationToken ct);
}
