namespace Republic.Core.Jobs;

/// <summary>What a superuser says who stops a job.</summary>
/// <param name="By">The superuser.</param>
/// <param name="Why">A sentence for the owner.</param>
/// <param name="Subject">The job, in the audit log.</param>
public sealed record JobStop(Guid By, string Why, string Subject);
