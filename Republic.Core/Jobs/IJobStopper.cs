namespace Republic.Core.Jobs;

/// <summary>Stops jobs of a kind whose subject has a state of its own beside the job's.</summary>
public interface IJobStopper
{
    /// <summary>The kind of job.</summary>
    string Kind { get; }

    /// <param name="subject">What the job is about.</param>
    /// <param name="why">A sentence for the owner.</param>
    /// <returns>Why it cannot be stopped; null where it is.</returns>
    Task<Failure?> StopAsync(Guid owner, Guid subject, string why, CancellationToken ct);
}
