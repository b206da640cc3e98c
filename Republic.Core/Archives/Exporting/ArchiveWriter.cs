using System.IO.Compression;
using System.Text.Json;
using Republic.Core.Files;

namespace Republic.Core.Archives.Exporting;

/// <summary>
/// Writes a ZIP entry by entry, in constant memory. What comes of the database is written first, files afterwards, so that no transaction is
/// open while gigabytes are copied.
/// </summary>
internal sealed class ArchiveWriter : IDisposable
{
    private const int Chunk = 1 << 18;

    private readonly DateTimeOffset madeAt;
    private readonly FileStream file;
    private readonly ZipArchive zip;
    private readonly List<ArchivedEntry> entries = [];
    private readonly List<(string Name, string Path)> files = [];

    public ArchiveWriter(string path, DateTimeOffset madeAt)
    {
        this.madeAt = madeAt;
        file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, Chunk);
        zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
    }

    public async Task WriteAsync(string name, Func<Stream, Task> write, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = madeAt;
        await using var stream = new HashedStream(entry.Open());
        await write(stream);
        entries.Add(new ArchivedEntry(name, stream.Bytes, stream.Sha256()));
    }

    public Task WriteJsonAsync<T>(string name, T value, CancellationToken ct) =>
        WriteAsync(name, stream => JsonSerializer.SerializeAsync(stream, value, ArchiveJson.Options, ct), ct);

    /// <summary>A file that is copied once the database was read. One that is gone by then is left out.</summary>
    public void Add(string name, string path) => files.Add((name, path));

    /// <param name="report">How much is copied, 0 to 1.</param>
    /// <returns>Why not all of them could be copied; null where they were.</returns>
    public async Task<Failure?> CopyFilesAsync(DiskSpace disk, Action<double> report, CancellationToken ct)
    {
        var total = Math.Max(1, files.Sum(one => Length(one.Path)));
        var done = 0L;
        foreach (var (name, path) in files)
        {
            if (!disk.Has(Length(path)))
            {
                return DiskFaults.Refusal();
            }

            try
            {
                await using var source = new FileStream(
                    path,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.ReadWrite | FileShare.Delete,
                    Chunk
                );
                await WriteAsync(name, stream => source.CopyToAsync(stream, Chunk, ct), ct);
                report((double)(done += source.Length) / total);
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                // Deleted since the database was read.
            }
        }

        return null;
    }

    /// <summary>Writes what is in it as the last entry, and waits until the disk has it.</summary>
    /// <param name="manifest">Without its entries.</param>
    public async Task FinishAsync(ArchiveManifest manifest, CancellationToken ct)
    {
        await WriteJsonAsync(ArchiveFormat.Manifest, manifest with { Entries = [.. entries] }, ct);
        zip.Dispose();
        file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        try
        {
            // It writes its directory, which a full disk does not take.
            zip.Dispose();
        }
        finally
        {
            file.Dispose();
        }
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } there ? there.Length : 0;
}
