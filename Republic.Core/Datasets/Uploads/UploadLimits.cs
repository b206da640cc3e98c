using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Datasets.Uploads;

/// <summary>How much more a person may put here.</summary>
public sealed class UploadLimits(IDbContextFactory<RepublicDb> databases, IOptions<DatasetOptions> options)
{
    private readonly ConcurrentDictionary<Guid, long> coming = [];

    public long MaxUpload => options.Value.MaxUploadBytes;

    public long Quota => options.Value.QuotaBytes;

    public int MaxFiles => options.Value.MaxFiles;

    public long MaxJson => options.Value.MaxJsonBytes;

    public long MaxEdited => options.Value.MaxEditedBytes;

    public async Task<long> UsedAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await UsedAsync(db, owner, ct);
    }

    /// <summary>Files, and what rows were edited into: those texts are in the database, at their size there.</summary>
    internal static Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        db
            .Database.SqlQuery<long>(
                $"""
                select ((select coalesce(sum(bytes), 0) from datasets where owner_id = {owner})
                  + (select coalesce(sum(pg_column_size(c.messages)), 0) from dataset_changes c join datasets d on d.id = c.dataset_id
                     where d.owner_id = {owner}))::bigint as "Value"
                """
            )
            .SingleAsync(ct);

    /// <summary>What is left beside what other uploads of theirs have brought to this node and not yet finished.</summary>
    internal long LeftOf(Guid owner, long used) => Quota - used - coming.GetValueOrDefault(owner);

    internal void Count(Guid owner, long bytes) => coming.AddOrUpdate(owner, bytes, (_, before) => before + bytes);

    /// <summary>Null where there is room for so much more.</summary>
    public async Task<Failure?> RefusalAsync(Guid owner, long bytes, CancellationToken ct) =>
        Refusal(owner, await UsedAsync(owner, ct), bytes);

    internal Failure? Refusal(Guid owner, long used, long bytes) => bytes > LeftOf(owner, used) ? OverQuota(used) : null;

    internal Failure OverQuota(long used) =>
        new(
            FailureKind.QuotaExceeded,
            $"This would exceed your limit of {ByteSize.Of(Quota)} ({ByteSize.Of(used)} used). Delete datasets you no longer need.",
            []
        );

    internal Failure TooMuchEdited(long edited) =>
        new(
            FailureKind.QuotaExceeded,
            $"This would exceed the limit of {ByteSize.Of(MaxEdited)} for edited rows of a dataset ({ByteSize.Of(edited)} used). "
                + "Undo pending changes, or save them, download the version, and upload it as a new dataset.",
            []
        );

    internal Failure TooLarge() =>
        Failure.Invalid(
            "file",
            $"A file has at most {ByteSize.Of(MaxUpload)}. Split it, or ask whoever runs this Republic for a higher limit."
        );
}
