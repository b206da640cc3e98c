using System.Buffers;
using System.Security.Cryptography;

namespace Republic.Core.Archives.Importing.Reading;

/// <summary>Length and SHA-256 of what a stream holds, in constant memory.</summary>
internal static class EntryHash
{
    private const int Chunk = 1 << 18;

    public static async Task<(long Bytes, string Sha256)> OfAsync(Stream stream, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            var bytes = 0L;
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(0, Chunk), ct)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                bytes += read;
            }

            return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
