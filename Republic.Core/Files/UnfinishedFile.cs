using System.Security.Cryptography;

namespace Republic.Core.Files;

/// <summary>
/// A file that is being written: it is hashed on the fly, and renamed to its final name only after it is flushed to the disk.
/// </summary>
internal sealed class UnfinishedFile : IAsyncDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream stream;
    private readonly string path;

    public UnfinishedFile(string path)
    {
        this.path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        stream = new FileStream(PathOf(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
    }

    /// <summary>The path of a file until it is complete.</summary>
    public static string PathOf(string path) => path + ".part";

    public async Task WriteAsync(ReadOnlyMemory<byte> chunk, CancellationToken ct)
    {
        hash.AppendData(chunk.Span);
        await stream.WriteAsync(chunk, ct);
    }

    /// <summary>Flushes the file to the disk and gives it its final name.</summary>
    /// <returns>The SHA-256 of the file, 64 lower-case hexadecimal digits.</returns>
    public async Task<string> FinishAsync()
    {
        stream.Flush(flushToDisk: true);
        await stream.DisposeAsync();
        File.Move(PathOf(path), path);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public ValueTask DisposeAsync()
    {
        hash.Dispose();
        return stream.DisposeAsync();
    }
}
