using Republic.Core.Data;

namespace Republic.Core.Files;

/// <summary>
/// Reserves space on the disk of the data folder for files that are being written, so that together they leave two gigabytes, and a
/// twentieth of the disk, free.
/// </summary>
/// <param name="read">Reads the free and the total bytes of that disk.</param>
public sealed class DiskSpace(Func<(long Free, long Total)> read)
{
    private const long MinFree = 2_000_000_000;

    private readonly Lock gate = new();
    private long reserved;

    public DiskSpace(DataFolder data)
        : this(() => Read(data.Folder())) { }

    /// <summary>The free and the total bytes of the disk, reservations not counted.</summary>
    public (long Free, long Total) Now => read();

    /// <summary>The bytes of all reservations together.</summary>
    public long Reserved => Interlocked.Read(ref reserved);

    /// <summary>Reserves space for one file.</summary>
    /// <param name="bytes">Bytes still to be written.</param>
    /// <returns>The reservation, or a failure of kind <see cref="FailureKind.QuotaExceeded"/> with the available bytes.</returns>
    public Outcome<DiskReservation> Reserve(long bytes)
    {
        var reservation = new DiskReservation(this);
        return reservation.Resize(bytes) is { } refused ? refused : reservation;
    }

    /// <summary>True while this many bytes can be written and the disk still has what is reserved.</summary>
    public bool Has(long bytes)
    {
        lock (gate)
        {
            return bytes <= Available();
        }
    }

    internal Failure? Change(long before, long after)
    {
        lock (gate)
        {
            var available = after > before ? Available() : long.MaxValue;
            if (after > before && after - before > available)
            {
                return new Failure(
                    FailureKind.QuotaExceeded,
                    $"This needs {ByteSize.Of(after)} of disk space on the server, and {ByteSize.Of(Math.Max(0, available + before))} are available. "
                        + "Wait for downloads that have reserved theirs, delete models you no longer need, or ask the administrator of this server for more disk space.",
                    []
                );
            }

            reserved += after - before;
            return null;
        }
    }

    private long Available()
    {
        var (free, total) = read();
        return free - Math.Max(MinFree, total / 20) - reserved;
    }

    private static (long Free, long Total) Read(string folder)
    {
        var drive = new DriveInfo(folder);
        return (drive.AvailableFreeSpace, drive.TotalSize);
    }
}
