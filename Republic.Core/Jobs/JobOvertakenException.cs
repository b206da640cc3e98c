namespace Republic.Core.Jobs;

/// <summary>Another start has the job now, or a person cancelled it: what this one does no longer counts.</summary>
public sealed class JobOvertakenException() : OperationCanceledException("Another start has this job, or it was cancelled.");
