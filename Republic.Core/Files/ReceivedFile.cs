namespace Republic.Core.Files;

/// <summary>A file that came in and lies on the disk, whole. Until it is kept, it is under way, and disposing of it takes it away again.</summary>
public sealed class ReceivedFile : IDisposable
{
    private readonly FileStore<Guid> files;
    private readonly FileReservation reservation;
    private bool isKept;

    internal ReceivedFile(FileStore<Guid> files, FileReservation reservation, string? name)
    {
        (this.files, this.reservation, Name) = (files, reservation, name);
        files.Begin(Id);
    }

    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>To show.</summary>
    public string? Name { get; }

    public long Bytes { get; internal set; }

    public string Sha256 { get; internal set; } = "";

    internal string Path => files.PathOf(Id);

    /// <summary>To be called when its row is saved.</summary>
    internal void Keep()
    {
        isKept = true;
        Dispose();
    }

    public void Dispose()
    {
        if (!isKept)
        {
            files.Delete(Id);
        }

        files.End(Id);
        reservation.Dispose();
    }
}
