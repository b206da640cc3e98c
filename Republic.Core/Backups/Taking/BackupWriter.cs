using System.IO.Compression;
using System.Security.Cryptography;

namespace Republic.Core.Backups.Taking;

/// <summary>Writes the archive of a backup from front to end, each entry once.</summary>
internal sealed class BackupWriter(Stream to) : IAsyncDisposable
{
    private readonly ZipArchive archive = new(to, ZipArchiveMode.Create, leaveOpen: true);

    public async Task<CopiedBytes> AddAsync(string name, CompressionLevel level, Func<Stream, Task<CopiedBytes>> write)
    {
        await using var entry = archive.CreateEntry(name, level).Open();
        return await write(entry);
    }

    /// <summary>The last entry. The archive's own list of entries follows it when this is disposed of.</summary>
    public async Task FinishAsync(BackupManifest manifest, CancellationToken ct)
    {
        var json = manifest.Serialize();
        await using (var entry = archive.CreateEntry(BackupManifest.Entry, CompressionLevel.Optimal).Open())
        {
            await entry.WriteAsync(json, ct);
        }

        archive.Comment = BackupManifest.Comment(Convert.ToHexStringLower(SHA256.HashData(json)));
    }

    public async ValueTask DisposeAsync() => await archive.DisposeAsync();
}
