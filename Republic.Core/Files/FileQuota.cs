using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Files;

/// <summary>
/// How much of the disk people use for one kind of files: those that are kept, which the database counts, and those that are under way at
/// this node, which are counted here.
/// </summary>
public abstract class FileQuota(IDbContextFactory<RepublicDb> databases, FileLimits limits)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, long> underWay = [];

    public FileLimits Limits => limits;

    internal virtual Failure DiskFull => DiskFaults.Refusal();

    internal Failure TooLarge =>
        Failure.Invalid(
            "file",
            $"{limits.One} has at most {ByteSize.Of(limits.MaxFile)}. Split it, or ask whoever runs this Republic for a higher limit."
        );

    /// <summary>What is kept.</summary>
    public async Task<long> UsedAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await UsedAsync(db, owner, ct);
    }

    internal abstract Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct);

    /// <summary>Null where there is room for so much more beside what is kept and under way.</summary>
    public async Task<Failure?> RefusalAsync(Guid owner, long bytes, CancellationToken ct)
    {
        var used = await UsedAsync(owner, ct);
        lock (gate)
        {
            return Fits(owner, used, bytes) ? null : OverQuota(used);
        }
    }

    /// <summary>Null where there is room for so much more beside what is kept.</summary>
    internal async Task<Failure?> RefusalAsync(RepublicDb db, Guid owner, long bytes, CancellationToken ct)
    {
        var used = await UsedAsync(db, owner, ct);
        return used + bytes > limits.Quota ? OverQuota(used) : null;
    }

    /// <summary>
    /// Lasts as long as the transaction, which adds the row of a file: files of one person that are whole at the same moment take turns, on
    /// whichever nodes they are, so that no two use the same room.
    /// </summary>
    internal Task LockAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"{limits.All}/{owner}"}, 0))", ct);

    /// <summary>For a file that comes in now.</summary>
    internal async Task<FileReservation> ReserveAsync(Guid owner, CancellationToken ct) => new(this, owner, await UsedAsync(owner, ct));

    internal bool TryTake(Guid owner, long used, long bytes)
    {
        lock (gate)
        {
            var fits = Fits(owner, used, bytes);
            if (fits)
            {
                Count(owner, bytes);
            }

            return fits;
        }
    }

    internal void GiveBack(Guid owner, long bytes)
    {
        lock (gate)
        {
            Count(owner, -bytes);
        }
    }

    internal Failure OverQuota(long used) =>
        new(
            FailureKind.QuotaExceeded,
            $"This would exceed your limit of {ByteSize.Of(limits.Quota)} ({ByteSize.Of(used)} used). Delete {limits.All} you no longer need.",
            []
        );

    private void Count(Guid owner, long bytes)
    {
        underWay[owner] = underWay.GetValueOrDefault(owner) + bytes;
        if (underWay[owner] == 0)
        {
            underWay.Remove(owner);
        }
    }

    private bool Fits(Guid owner, long used, long bytes) => used + underWay.GetValueOrDefault(owner) + bytes <= limits.Quota;
}
