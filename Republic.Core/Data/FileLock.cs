namespace Republic.Core.Data;

/// <summary>A lock between processes that the kernel lets go of when its holder dies, however it dies.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public static async Task<FileLock> TakeAsync(string path, TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(30), limit.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new StartupRefusedException(
                    $"Another copy of Republic has held {path} for {patience.TotalSeconds:0} s. Is it stuck?"
                );
            }
        }
    }

    public void Dispose() => file.Dispose();
}
