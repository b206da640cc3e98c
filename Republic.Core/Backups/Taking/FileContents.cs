using System.IO.Compression;

namespace Republic.Core.Backups.Taking;

/// <summary>Writes the bytes of files into a backup, the same bytes once.</summary>
internal sealed class FileContents(BackupWriter archive, IReadOnlyList<SnapshotFile> files)
{
    private readonly HashSet<long> repeatedLengths =
    [
        .. files.CountBy(file => file.Bytes).Where(count => count.Value > 1).Select(count => count.Key),
    ];
    private readonly Dictionary<(long Bytes, string Sha256), string> entries = [];
    private int written;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<BackupFile> AddAsync(SnapshotFile file, Action<long> advance, CancellationToken ct)
    {
        // To know whether its bytes are there already, a file has to be read before it is written: only those that another is as long as are.
        if (repeatedLengths.Contains(file.Bytes))
        {
            var read = await ReadAsync(file, Stream.Null, _ => { }, ct);
            if (entries.TryGetValue((read.Bytes, read.Sha256), out var known))
            {
                advance(read.Bytes);
                return new BackupFile(file.Path, known, read.Bytes, read.Sha256);
            }
        }

        await using var from = Open(file);
        var entry = $"files/{++written:000000}";
        var level = file.Path.EndsWith(".gguf", StringComparison.Ordinal) ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
        var copied = await archive.AddAsync(entry, level, to => HashedCopy.RunAsync(from, to, file.Bytes, advance, ct));
        entries[(copied.Bytes, copied.Sha256)] = entry;
        return new BackupFile(file.Path, entry, copied.Bytes, copied.Sha256);
    }

    private static async Task<CopiedBytes> ReadAsync(SnapshotFile file, Stream to, Action<long> advance, CancellationToken ct)
    {
        await using var from = Open(file);
        return await HashedCopy.RunAsync(from, to, file.Bytes, advance, ct);
    }

    private static FileStream Open(SnapshotFile file) =>
        new(
            file.Link,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 0,
            FileOptions.Asynchronous | FileOptions.SequentialScan
        );
}
