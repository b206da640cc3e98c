using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>How much more a person may put here as documents.</summary>
public sealed class DocumentQuota(IDbContextFactory<RepublicDb> databases, IOptions<IngestOptions> options)
{
    private readonly ConcurrentDictionary<Guid, long> coming = [];

    public int MaxFiles => options.Value.MaxFiles;

    public long MaxFile => options.Value.MaxFileBytes;

    public long Quota => options.Value.QuotaBytes;

    public async Task<long> UsedAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await UsedAsync(db, owner, ct);
    }

    /// <summary>Null where there is room for so much more.</summary>
    public async Task<Failure?> RefusalAsync(Guid owner, long bytes, CancellationToken ct) =>
        Refusal(owner, await UsedAsync(owner, ct), bytes);

    internal static Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        db.Documents.OwnedBy(owner).SumAsync(d => d.Bytes, ct);

    /// <summary>Counts what comes in just now beside other uploads of theirs at this node.</summary>
    internal void Count(Guid owner, long bytes) => coming.AddOrUpdate(owner, bytes, (_, before) => before + bytes);

    internal Failure? Refusal(Guid owner, long used, long bytes) =>
        used + bytes + coming.GetValueOrDefault(owner) > Quota ? OverQuota(used) : null;

    internal Failure OverQuota(long used) =>
        new(
            FailureKind.QuotaExceeded,
            $"This would exceed your limit of {ByteSize.Of(Quota)} ({ByteSize.Of(used)} used). Delete documents you no longer need.",
            []
        );

    internal Failure TooLarge() =>
        Failure.Invalid(
            "file",
            $"A document has at most {ByteSize.Of(MaxFile)}. Split it, or ask whoever runs this Republic for a higher limit."
        );
}
