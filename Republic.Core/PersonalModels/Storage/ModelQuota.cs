using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>Limits the disk space of a person's models. One that is being downloaded counts with its full size from the start.</summary>
public sealed class ModelQuota(IDbContextFactory<RepublicDb> databases, IOptionsMonitor<PersonalModelOptions> options)
    : FileQuota(
        databases,
        () => new FileLimits("models", "A model", options.CurrentValue.MaxFileBytes, MaxFiles: 1, options.CurrentValue.QuotaBytes)
    )
{
    internal override Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        db.PersonalModels.OwnedBy(owner).SumAsync(m => m.Bytes, ct);
}
