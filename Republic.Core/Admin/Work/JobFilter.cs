using Republic.Core.Jobs;

namespace Republic.Core.Admin.Work;

/// <summary>Which jobs to list.</summary>
/// <param name="Status">Null for all.</param>
/// <param name="Owner">Null for everybody's.</param>
/// <param name="Kind">Null for all kinds.</param>
public sealed record JobFilter(JobStatus? Status = null, Guid? Owner = null, string? Kind = null);
