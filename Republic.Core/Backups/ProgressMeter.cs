namespace Republic.Core.Backups;

/// <summary>Adds up the bytes of one piece of work after the other, and reports them.</summary>
internal sealed class ProgressMeter(IProgress<BackupProgress>? progress)
{
    private string current = "";
    private long done;
    private long? total;

    public void Begin(string doing, long? bytes)
    {
        (current, done, total) = (doing, 0, bytes);
        Advance(0);
    }

    public void Advance(long bytes)
    {
        done += bytes;
        progress?.Report(new BackupProgress(current, done, total));
    }
}
