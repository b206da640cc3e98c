namespace Republic.Core.Files;

/// <summary>Disk space reserved for the part of one file that is not yet written. Disposing of it releases the space.</summary>
public sealed class DiskReservation : IDisposable
{
    private readonly DiskSpace disk;
    private readonly Lock gate = new();
    private long bytes;

    internal DiskReservation(DiskSpace disk) => this.disk = disk;

    /// <summary>
    /// Sets the reservation to what is still to be written. Called as the file grows, because written bytes count as used space.
    /// </summary>
    /// <param name="remaining">Bytes still to be written; more than before where the file turns out longer or is started over.</param>
    /// <returns>Null on success; else a failure of kind <see cref="FailureKind.QuotaExceeded"/>, with the reservation unchanged.</returns>
    public Failure? Resize(long remaining)
    {
        lock (gate)
        {
            var refused = disk.Change(bytes, remaining);
            bytes = refused is null ? remaining : bytes;
            return refused;
        }
    }

    public void Dispose() => Resize(0);
}
