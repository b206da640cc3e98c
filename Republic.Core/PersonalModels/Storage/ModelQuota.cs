using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>
/// Limits a person's models: their disk space, where one that is being downloaded counts with its full size from the start, and their number.
/// </summary>
public sealed class ModelQuota(IDbContextFactory<RepublicDb> databases, IOptionsMonitor<PersonalModelOptions> options)
    : FileQuota(
        databases,
        () => new FileLimits("models", "A model", options.CurrentValue.MaxFileBytes, MaxFiles: 1, options.CurrentValue.QuotaBytes)
    )
{
    /// <summary>A model whose size nobody has told yet, and one that failed, take no space, and a row all the same.</summary>
    public const int MostModels = 200;

    /// <summary>Null where the person may have one more model of so many bytes; else the failure to show.</summary>
    internal async Task<Failure?> NewRefusalAsync(RepublicDb db, Guid owner, long bytes, CancellationToken ct) =>
        await db.PersonalModels.OwnedBy(owner).CountAsync(ct) >= MostModels
            ? Failure.Conflict($"You have {MostModels} models, as many as are kept. Delete those you no longer need.")
            : await RefusalAsync(db, owner, bytes, ct);

    internal override Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        db.PersonalModels.OwnedBy(owner).SumAsync(m => m.Bytes, ct);
}
