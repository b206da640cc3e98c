using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Republic.Core.Backups.Sealing;

namespace Republic.Core.Backups;

/// <summary>
/// The file of a backup, open to be read. Whatever it says is checked before it is believed: it may have been cut or changed, or made by
/// somebody who means harm.
/// </summary>
internal sealed class BackupFileReader : IDisposable
{
    /// <summary>More than a million files need.</summary>
    private const int MostManifestBytes = 1 << 28;

    private readonly string path;
    private readonly ZipArchive archive;

    private BackupFileReader(string path, ZipArchive archive, BackupManifest manifest, string digest) =>
        (this.path, this.archive, Manifest, Digest) = (path, archive, manifest, digest);

    public BackupManifest Manifest { get; }

    /// <summary>The SHA-256 of the manifest, by which a backup is known: it names the hashes of all that is in it.</summary>
    public string Digest { get; }

    /// <summary>Opens a file and reads its manifest; <see cref="CheckAsync"/> reads the rest.</summary>
    public static Outcome<BackupFileReader> Open(string path, string? passphrase)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Failure.Conflict($"There is no file {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failure.Conflict($"{path} cannot be read: {e.Message}");
        }

        var opened = Open(path, file, passphrase);
        if (!opened.Ok)
        {
            file.Dispose();
        }

        return opened;
    }

    /// <summary>Reads all entries and compares them with the manifest.</summary>
    /// <returns>What is wrong; null where each byte is as it was written.</returns>
    public async Task<Failure?> CheckAsync(ProgressMeter meter, CancellationToken ct)
    {
        try
        {
            meter.Begin("Checking the file", Manifest.TableBytes + Manifest.FileBytes);
            foreach (var table in Manifest.Tables)
            {
                await CopyTableAsync(table, Stream.Null, meter.Advance, ct);
            }

            foreach (var file in Manifest.Files.DistinctBy(file => file.Entry))
            {
                await CopyFileAsync(file, Stream.Null, meter.Advance, ct);
            }

            return null;
        }
        catch (Exception e) when (IsDamage(e))
        {
            return Damaged(path);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not those that the manifest names.</exception>
    public async Task CopyTableAsync(BackupTable table, Stream to, Action<long> advance, CancellationToken ct)
    {
        var copied = await CopyAsync(table.Entry, table.Bytes, table.Sha256, to, advance, ct);
        if (copied.Lines != table.Rows)
        {
            throw new InvalidDataException($"{table.Entry} has {copied.Lines} rows, and not {table.Rows}.");
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not those that the manifest names.</exception>
    public Task CopyFileAsync(BackupFile file, Stream to, Action<long> advance, CancellationToken ct) =>
        CopyAsync(file.Entry, file.Bytes, file.Sha256, to, advance, ct);

    public void Dispose() => archive.Dispose();

    private async Task<CopiedBytes> CopyAsync(string name, long bytes, string sha256, Stream to, Action<long> advance, CancellationToken ct)
    {
        await using var entry = archive.GetEntry(name)!.Open();
        // One byte more than there should be tells that there are more; a small file that unpacks to a huge one is not unpacked.
        var copied = await HashedCopy.RunAsync(entry, to, bytes + 1, advance, ct);
        return copied.Bytes == bytes && copied.Sha256 == sha256
            ? copied
            : throw new InvalidDataException($"{name} is not what was written.");
    }

    private static Outcome<BackupFileReader> Open(string path, FileStream file, string? passphrase)
    {
        try
        {
            var content = Unsealed(path, file, passphrase);
            if (!content.Ok)
            {
                return content.Failure;
            }

            var zip = new ZipArchive(content.Value, ZipArchiveMode.Read);
            var json = ManifestOf(zip);
            var digest = Convert.ToHexStringLower(SHA256.HashData(json));
            if (zip.Comment != BackupManifest.Comment(digest))
            {
                return Damaged(path);
            }

            if (BackupManifest.FormatOf(json) > BackupManifest.CurrentFormat)
            {
                return Failure.Conflict(
                    $"{path} was made by a later version of Republic, whose backups this one cannot read. Restore it with that version."
                );
            }

            var manifest = BackupManifest.Parse(json);
            return IsSound(manifest, zip) ? new BackupFileReader(path, zip, manifest, digest) : Damaged(path);
        }
        catch (Exception e) when (IsDamage(e))
        {
            return Damaged(path);
        }
    }

    private static Outcome<Stream> Unsealed(string path, FileStream file, string? passphrase)
    {
        var header = new byte[ChunkCipher.HeaderBytes];
        var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (!header.AsSpan(0, read).StartsWith(ChunkCipher.Magic))
        {
            return passphrase is null
                ? file
                : Failure.Conflict($"{path} is not encrypted. Leave the passphrase out, if you expected that.");
        }

        if (passphrase is null)
        {
            return Failure.Conflict($"{path} is encrypted. Name a file with its passphrase: --passphrase-file FILE");
        }

        if (read < header.Length)
        {
            return Damaged(path);
        }

        return ChunkCipher.Open(header, passphrase) is { } cipher
            ? new SealedStream(file, cipher)
            : Failure.Conflict($"{path} does not open with this passphrase.");
    }

    private static byte[] ManifestOf(ZipArchive archive)
    {
        using var entry = archive.GetEntry(BackupManifest.Entry)?.Open() ?? throw new InvalidDataException("There is no manifest.");
        using var json = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = entry.Read(buffer)) > 0)
        {
            json.Write(buffer.AsSpan(0, read));
            if (json.Length > MostManifestBytes)
            {
                throw new InvalidDataException("The manifest is too long.");
            }
        }

        return json.ToArray();
    }

    /// <summary>Whether the entries are those that the manifest names, and files would get to paths that files of a backup have.</summary>
    private static bool IsSound(BackupManifest manifest, ZipArchive archive)
    {
        if (manifest.Tables.Contains(null!) || manifest.Files.Contains(null!) || manifest.Sequences.Contains(null!))
        {
            return false;
        }

        var files = manifest.Files.Select(file => (file.Entry, file.Bytes, file.Sha256)).Distinct().ToList();
        List<string> named = [BackupManifest.Entry, .. manifest.Tables.Select(table => table.Entry), .. files.Select(file => file.Entry)];
        var entries = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
        return named.Count == entries.Count
            && archive.Entries.Count == entries.Count
            && named.All(entries.Contains)
            && named.Distinct(StringComparer.Ordinal).Count() == named.Count
            && manifest.Tables.All(table => table.Bytes is >= 0 and < long.MaxValue)
            && files.TrueForAll(file => file.Bytes is >= 0 and < long.MaxValue)
            && manifest.Files.All(file => BackupPaths.IsSafe(file.Path))
            && manifest.Files.Select(file => file.Path).Distinct(StringComparer.Ordinal).Count() == manifest.Files.Count;
    }

    /// <summary>What reading throws where the bytes are not what they should be.</summary>
    private static bool IsDamage(Exception error) =>
        error
            is IOException
                or InvalidDataException
                or CryptographicException
                or JsonException
                or NotSupportedException
                or ArgumentException
                or InvalidOperationException
                or OverflowException
                or FormatException
                or KeyNotFoundException
                or IndexOutOfRangeException;

    private static Failure Damaged(string path) =>
        Failure.Unprocessable($"{path} is no backup of Republic, or it was cut or changed since it was written. Nothing of it was used.");
}
