using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Backups.Taking;

/// <summary>
/// The files of the data folder, each held by a second name in a folder of the backup's own: what is deleted meanwhile is still there to be
/// read. Nothing that a row names is written in place, so that a second name holds what was meant.
/// </summary>
internal sealed class FileSnapshot(DataFolder data) : IDisposable
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly string folder = data.Path(BackupPaths.Links, Guid.CreateVersion7().ToString("N"));
    private readonly SortedSet<string> leftOut = new(StringComparer.Ordinal);

    /// <summary>What is in the folder and not taken, each with the reason.</summary>
    public IReadOnlyCollection<string> LeftOut => leftOut;

    /// <summary>Deletes what backups left that were killed. Whoever calls it holds the lock of backups.</summary>
    /// <returns>How many.</returns>
    public static int Clear(DataFolder data)
    {
        var left = Leftovers(data);
        left.ForEach(Delete);
        return left.Count;
    }

    public static List<string> Leftovers(DataFolder data) =>
        Directory.Exists(data.Path(BackupPaths.Links)) ? [.. Directory.EnumerateDirectories(data.Path(BackupPaths.Links))] : [];

    /// <summary>EWOULDBLOCK of Linux and of macOS, and ERROR_SHARING_VIOLATION: .NET's lock of a file that is open for its writer alone.</summary>
    public static bool IsInUse(Exception error) => error is IOException { HResult: 11 or 35 or unchecked((int)0x80070020) };

    /// <summary>Takes the files that are there now and were not taken before.</summary>
    public void Take(CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        foreach (var (path, file) in Walk(data.Root, ""))
        {
            ct.ThrowIfCancellationRequested();
            Take(path, file);
        }
    }

    /// <summary>What <see cref="Take(CancellationToken)"/> would take, without taking it.</summary>
    public IEnumerable<(string Path, FileInfo File)> Walk() => Walk(data.Root, "");

    /// <summary>The files that were taken, by their paths.</summary>
    public IReadOnlyList<SnapshotFile> Taken() =>
        [
            .. new DirectoryInfo(folder)
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => new SnapshotFile(
                    Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/'),
                    file.FullName,
                    file.Length
                ))
                .OrderBy(file => file.Path, StringComparer.Ordinal),
        ];

    /// <summary>Somebody who writes a file and lets nobody read it has not finished it, so that no row names it yet.</summary>
    public void LeaveOut(SnapshotFile file) => leftOut.Add($"{file.Path}: it was being written");

    public void Dispose() => Delete(folder);

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The sweep tries again.
        }
    }

    private void Take(string path, FileInfo file)
    {
        var link = Path.Combine(folder, path);
        if (File.Exists(link))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (HardLink.TryMake(file.FullName, link))
        {
            return;
        }

        try
        {
            // Some file systems have no such links, and some files are another account's.
            file.CopyTo(link);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // It was deleted since its folder was read.
        }
        catch (Exception e) when (IsInUse(e))
        {
            leftOut.Add($"{path}: it was being written");
        }
    }

    private IEnumerable<(string Path, FileInfo File)> Walk(string below, string path)
    {
        foreach (var entry in Entries(below))
        {
            var name = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
            if (!BackupPaths.Belongs(name))
            {
                continue;
            }

            if (entry.LinkTarget is not null)
            {
                leftOut.Add($"{name}: it is a link to something elsewhere");
            }
            else if (entry is FileInfo file && path.Length > 0)
            {
                if (BackupPaths.IsSafe(name))
                {
                    yield return (name, file);
                }
                else
                {
                    leftOut.Add($"{name}: nothing is restored to such a path");
                }
            }
            else if (entry is DirectoryInfo)
            {
                foreach (var inside in Walk(entry.FullName, name))
                {
                    yield return inside;
                }
            }
        }
    }

    private static List<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", All)];
        }
        catch (DirectoryNotFoundException)
        {
            // It was deleted since its parent was read.
            return [];
        }
    }
}
