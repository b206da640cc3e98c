namespace Republic.Core.Files;

/// <summary>
/// An uploaded file that is complete on the disk. Disposing of it deletes the file, unless <see cref="Keep"/> was called.
/// </summary>
public sealed class ReceivedFile : IDisposable
{
    private readonly FileStore<Guid> files;
    private readonly FileReservation reservation;
    private bool isKept;

    internal ReceivedFile(FileStore<Guid> files, FileReservation reservation, string? name, Guid id)
    {
        (this.files, this.reservation, Name, Id) = (files, reservation, name, id);
        files.Begin(Id);
    }

    public Guid Id { get; }

    /// <summary>The name that the sender gave the file, safe to show; null where there is none.</summary>
    public string? Name { get; }

    public long Bytes { get; internal set; }

    public string Sha256 { get; internal set; } = "";

    internal string Path => files.PathOf(Id);

    /// <summary>Keeps the file; called after its row is saved.</summary>
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
