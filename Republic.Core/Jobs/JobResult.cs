using Republic.Core.Data;

namespace Republic.Core.Jobs;

/// <param name="Save">Saves what the work made, in one transaction with the end of the job, or not at all when the job was taken by another node.</param>
/// <param name="Discard">Takes away what was made outside the database, when it was not saved.</param>
public sealed record JobResult(Func<RepublicDb, CancellationToken, Task> Save, Action Discard);
