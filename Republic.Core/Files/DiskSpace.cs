using Republic.Core.Data;

namespace Republic.Core.Files;

/// <summary>
/// Room on the disk that holds the data folder, for what is still to come: all of it together never takes the last two gigabytes, nor the
/// last twentieth.
/// </summary>
/// <param name="read">The bytes that are free on that disk, and those it has.</param>
public sealed class DiskSpace(Func<(long Free, long Total)> read)
{
    private const long LeastLeft = 2_000_000_000;

    private readonly Lock gate = new();
    private long reserved;

    public DiskSpace(DataFolder data)
        : this(() => Read(data.Folder())) { }

    /// <summary>What is reserved by all.</summary>
    public long Reserved => Interlocked.Read(ref reserved);

    /// <param name="bytes">That are still to come.</param>
    public Outcome<DiskReservation> Reserve(long bytes)
    {
        var reservation = new DiskReservation(this);
        return reservation.Keep(bytes) is { } refused ? refused : reservation;
    }

    /// <summary>Whether so many bytes can be written now and leave enough for what is reserved.</summary>
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
            var room = after > before ? Available() : long.MaxValue;
            if (after > before && after - before > room)
            {
                return new Failure(
                    FailureKind.QuotaExceeded,
                    $"The server's disk has room for {ByteSize.Of(Math.Max(0, room + before))} more, and this needs {ByteSize.Of(after)}. "
                        + "Delete models you no longer need, or ask whoever runs this Republic for more room.",
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
        return free - Math.Max(LeastLeft, total / 20) - reserved;
    }

    private static (long Free, long Total) Read(string folder)
    {
        var drive = new DriveInfo(folder);
        return (drive.AvailableFreeSpace, drive.TotalSize);
    }
}
