namespace Republic.Core.Files;

/// <summary>Room on the disk that is kept free for one file until it is there.</summary>
public sealed class DiskReservation : IDisposable
{
    private readonly DiskSpace disk;
    private readonly Lock gate = new();
    private long bytes;

    internal DiskReservation(DiskSpace disk) => this.disk = disk;

    /// <summary>To be called as the file grows: what is written takes its room by itself.</summary>
    /// <param name="stillToCome">Less than before, or more, where the file turns out longer or is begun anew.</param>
    /// <returns>Null where there is room for it. Else it stays what it was.</returns>
    public Failure? Keep(long stillToCome)
    {
        lock (gate)
        {
            var refused = disk.Change(bytes, stillToCome);
            bytes = refused is null ? stillToCome : bytes;
            return refused;
        }
    }

    public void Dispose() => Keep(0);
}
