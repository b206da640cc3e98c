namespace Republic.Core.Jobs;

/// <summary>How long a job stays in the queue before it is begun again.</summary>
/// <param name="Why">Shown meanwhile.</param>
/// <param name="Input">What the next start is told, in the place of <see cref="Job.Input"/>.</param>
public sealed record JobDeferral(TimeSpan Pause, string Why, string Input);
