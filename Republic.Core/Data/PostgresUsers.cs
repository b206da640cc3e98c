namespace Republic.Core.Data;

/// <summary>
/// Who uses the embedded server: one locked file for each copy of the app, so that a copy killed with -9 stops counting at once.
/// Call under the cluster's lock.
/// </summary>
internal sealed class PostgresUsers(string folder)
{
    public FileLock Enter()
    {
        Directory.CreateDirectory(folder);
        return FileLock.TryTake(Path.Combine(folder, $"{Environment.ProcessId}-{Guid.CreateVersion7():n}"))!;
    }

    public bool AnyoneLeft()
    {
        var anyone = false;
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            using (var abandoned = FileLock.TryTake(path))
            {
                if (abandoned is null)
                {
                    anyone = true;
                    continue;
                }
            }

            File.Delete(path);
        }

        return anyone;
    }
}
