using System.Collections.Concurrent;
using Republic.Core.Data;

namespace Republic.Core.Files;

/// <summary>
/// Where files of one kind lie: below one folder, each a file or a folder that is called by its key. Every name below the data folder is
/// made here; what people call their files never becomes part of a path.
/// </summary>
/// <param name="extension">Of each file, with its dot.</param>
public abstract class FileStore<TKey>(DataFolder data, string folder, string extension = "")
    where TKey : notnull, IParsable<TKey>
{
    private readonly ConcurrentDictionary<TKey, bool> underWay = [];

    protected DataFolder Data => data;

    /// <summary>Where the file is once it is whole.</summary>
    public virtual string PathOf(TKey key) => EntryOf(key);

    /// <summary>The file, or the folder with all that belongs to it.</summary>
    protected string EntryOf(TKey key) => data.Path(folder, $"{key}{extension}");

    /// <summary>From here to its end it is no orphan, though no row knows it and it may lie still for long.</summary>
    internal void Begin(TKey key) => underWay[key] = true;

    internal void End(TKey key) => underWay.TryRemove(key, out _);

    internal void Delete(TKey key)
    {
        var entry = EntryOf(key);
        try
        {
            if (Directory.Exists(entry))
            {
                DeleteFolder(entry);
                return;
            }

            data.Folder(folder);
            File.Delete(entry);
            File.Delete(UnfinishedFile.PathOf(entry));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Work that was cancelled a moment ago may still write there, or make its folder anew. The sweep takes away what is left.
        }
    }

    /// <summary>Keys of what was last touched before then and is not under way here, whether or not a row knows it.</summary>
    internal IReadOnlyList<TKey> OlderThan(DateTimeOffset then) =>
        [
            .. new DirectoryInfo(data.Folder(folder))
                .EnumerateFileSystemInfos()
                .Where(entry => LastTouched(entry) < then.UtcDateTime)
                .SelectMany(entry => KeysOf(entry.Name))
                .Where(key => !underWay.ContainsKey(key))
                .Distinct(),
        ];

    protected static void DeleteFolder(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already, which is what was wanted.
        }
    }

    private static DateTime LastTouched(FileSystemInfo entry) =>
        entry is DirectoryInfo folder
            ? folder.EnumerateFileSystemInfos().Select(below => below.LastWriteTimeUtc).Append(folder.LastWriteTimeUtc).Max()
            : entry.LastWriteTimeUtc;

    private static TKey[] KeysOf(string name) => TKey.TryParse(Path.GetFileNameWithoutExtension(name), null, out var key) ? [key] : [];
}
