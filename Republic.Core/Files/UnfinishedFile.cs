using System.Security.Cryptography;

namespace Republic.Core.Files;

/// <summary>A file while it comes in: hashed as it is written, and called by its own name only when it is whole and the disk holds it.</summary>
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

    /// <summary>What a file is called until it is whole.</summary>
    public static string PathOf(string path) => path + ".part";

    public async Task WriteAsync(ReadOnlyMemory<byte> chunk, CancellationToken ct)
    {
        hash.AppendData(chunk.Span);
        await stream.WriteAsync(chunk, ct);
    }

    /// <returns>The SHA-256 of all that was written.</returns>
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
