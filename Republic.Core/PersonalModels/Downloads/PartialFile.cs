using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Republic.Core.PersonalModels.Downloads;

/// <summary>The beginning of a file that is being downloaded. Its length is what was received, and its hash is known without another look at it.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SafeFileHandle handle;
    private readonly string path;

    private PartialFile(string path, SafeFileHandle handle)
    {
        (this.path, this.handle) = (path, handle);
        Length = RandomAccess.GetLength(handle);
    }

    public long Length { get; private set; }

    /// <summary>Bytes that were written in this start, those that were taken away again included.</summary>
    public long Written { get; private set; }

    /// <summary>Nobody else can open it until it is closed.</summary>
    /// <exception cref="IOException">Among others, <see cref="IsInUse"/>.</exception>
    public static PartialFile Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new(path, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.SequentialScan));
    }

    // Unix gives errno itself: EAGAIN, which macOS numbers 35. Windows: ERROR_SHARING_VIOLATION.
    public static bool IsInUse(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>What is there already becomes part of the hash.</summary>
    public async Task HashAsync(CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 19);
        try
        {
            for (long at = 0; at < Length; )
            {
                var read = await RandomAccess.ReadAsync(handle, buffer, at, ct);
                if (read == 0)
                {
                    throw new EndOfStreamException($"{path} became shorter while it was read.");
                }

                hash.AppendData(buffer, 0, read);
                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What is written is to be given to <see cref="Hash"/> in the same order.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(handle, bytes, Length);
        Length += bytes.Length;
        Written += bytes.Length;
    }

    public void Hash(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);

    public void Truncate()
    {
        RandomAccess.SetLength(handle, 0);
        hash.GetHashAndReset();
        Length = 0;
    }

    /// <summary>Waits until the disk holds it.</summary>
    /// <returns>Its SHA-256.</returns>
    public string Finish()
    {
        RandomAccess.FlushToDisk(handle);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Delete()
    {
        handle.Dispose();
        File.Delete(path);
    }

    public void Dispose()
    {
        handle.Dispose();
        hash.Dispose();
    }
}
