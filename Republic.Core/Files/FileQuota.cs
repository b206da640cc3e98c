using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Files;

/// <summary>
/// Limits the disk space that each person uses for one kind of files: saved files, which the database counts, and uploads in progress on
/// this node, which are counted in memory.
/// </summary>
public abstract class FileQuota(IDbContextFactory<RepublicDb> databases, Func<FileLimits> read)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, long> underWay = [];

    /// <summary>As they are now: superusers can change them while the server runs.</summary>
    public FileLimits Limits => read();

    internal virtual Failure DiskFull => DiskFaults.Refusal();

    internal Failure TooLarge =>
        Failure.Invalid(
            "file",
            $"{Limits.One} has at most {ByteSize.Of(Limits.MaxFile)}. Use a smaller one, or ask the administrator of this server for a higher limit."
        );

    /// <summary>The bytes of the person's saved files.</summary>
    public async Task<long> UsedAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await UsedAsync(db, owner, ct);
    }

    /// <summary>The bytes of the person's saved files, read in the transaction of the caller.</summary>
    internal abstract Task<long> UsedAsync(RepublicDb db, Guid owner, CancellationToken ct);

    /// <summary>
    /// Null where the quota allows so many more bytes beside the saved files and the uploads in progress; else the failure to show.
    /// </summary>
    public async Task<Failure?> RefusalAsync(Guid owner, long bytes, CancellationToken ct)
    {
        var used = await UsedAsync(owner, ct);
        lock (gate)
        {
            return Fits(owner, used, bytes) ? null : OverQuota(used);
        }
    }

    /// <summary>Null where the quota allows so many more bytes beside the saved files; else the failure to show.</summary>
    internal async Task<Failure?> RefusalAsync(RepublicDb db, Guid owner, long bytes, CancellationToken ct)
    {
        var used = await UsedAsync(db, owner, ct);
        return used + bytes > Limits.Quota ? OverQuota(used) : null;
    }

    /// <summary>
    /// Takes an advisory lock until the transaction ends, which adds the row of a file: uploads of one person that finish at the same
    /// time, on any nodes, are serialised, so that the quota holds for all of them together.
    /// </summary>
    internal Task LockAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({$"{Limits.All}/{owner}"}, {AdvisoryLocks.FileQuota}))",
            ct
        );

    /// <summary>Makes an empty reservation for a file that is being uploaded; it grows with the file.</summary>
    internal async Task<FileReservation> ReserveAsync(Guid owner, CancellationToken ct) => new(this, owner, await UsedAsync(owner, ct));

    internal bool TryReserve(Guid owner, long used, long bytes)
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

    internal void Release(Guid owner, long bytes)
    {
        lock (gate)
        {
            Count(owner, -bytes);
        }
    }

    internal Failure OverQuota(long used) =>
        new(
            FailureKind.QuotaExceeded,
            $"This would exceed your limit of {ByteSize.Of(Limits.Quota)} ({ByteSize.Of(used)} used). Delete {Limits.All} you no longer need.",
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

    private bool Fits(Guid owner, long used, long bytes) => used + underWay.GetValueOrDefault(owner) + bytes <= Limits.Quota;
}
