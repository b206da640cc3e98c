using System.Collections.Concurrent;
using Republic.Core.Data;

namespace Republic.Core.Files;

/// <summary>
/// Stores files of one kind below one folder of the data folder, each as a file or a folder named after its key. The name that a person
/// gives a file never becomes part of a path.
/// </summary>
/// <param name="folder">The name of the folder, relative to the data folder.</param>
/// <param name="extension">The extension of each file, with its dot; empty for none.</param>
public abstract class FileStore<TKey>(DataFolder data, string folder, string extension = "")
    where TKey : notnull, IParsable<TKey>
{
    private readonly ConcurrentDictionary<TKey, bool> underWay = [];

    protected DataFolder Data => data;

    /// <summary>The full path of the finished file.</summary>
    public virtual string PathOf(TKey key) => EntryOf(key);

    /// <summary>The full path of the file, or of the folder with everything that belongs to the key.</summary>
    protected string EntryOf(TKey key) => data.Path(folder, $"{key}{extension}");

    /// <summary>Protects the key from <see cref="OlderThan"/> until <see cref="End"/>, while no row names it yet.</summary>
    internal void Begin(TKey key) => underWay[key] = true;

    internal void End(TKey key) => underWay.TryRemove(key, out _);

    /// <summary>Deletes the finished and the unfinished file, or the folder; does nothing where there is none.</summary>
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

    /// <summary>
    /// The keys of entries last written before this time and not in progress on this node, whether or not a row names them.
    /// </summary>
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
