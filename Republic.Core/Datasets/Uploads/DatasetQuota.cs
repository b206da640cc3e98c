using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Datasets.Uploads;

/// <summary>Limits the space of a person's datasets: their files, and the texts that their rows were edited into.</summary>
public sealed class DatasetQuota(IDbContextFactory<RepublicDb> databases, IOptionsMonitor<DatasetOptions> options)
    : FileQuota(
        databases,
        () =>
            new FileLimits(
                "datasets",
                "A file",
                options.CurrentValue.MaxUploadBytes,
                options.CurrentValue.MaxFiles,
                options.CurrentValue.QuotaBytes
            )
    )
{
    public long MaxJson => options.CurrentValue.MaxJsonBytes;

    public long MaxEdited => options.CurrentValue.MaxEditedBytes;

    internal override Failure DiskFull => DiskFaults.Refusal(", or delete datasets you no longer need");

    /// <summary>The bytes of files and of edited rows; those texts are in the database and count with their size there.</summary>
    internal override Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        db
            .Database.SqlQuery<long>(
                $"""
                select ((select coalesce(sum(bytes), 0) from datasets where owner_id = {owner})
                  + (select coalesce(sum(pg_column_size(c.messages)), 0) from dataset_changes c join datasets d on d.id = c.dataset_id
                     where d.owner_id = {owner}))::bigint as "Value"
                """
            )
            .SingleAsync(ct);

    internal Failure TooMuchEdited(long edited) =>
        new(
            FailureKind.QuotaExceeded,
            $"This would exceed the limit of {ByteSize.Of(MaxEdited)} for edited rows of a dataset ({ByteSize.Of(edited)} used). "
                + "Undo pending changes, or save them, download the version, and upload it as a new dataset.",
            []
        );
}
