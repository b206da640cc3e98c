using System.Buffers;
using System.Security.Cryptography;

namespace Republic.Core.Backups;

/// <summary>Copies bytes in constant memory, and measures and hashes them on the way.</summary>
internal static class HashedCopy
{
    private const int BufferBytes = 1 << 17;

    /// <param name="most">How many bytes are read at most.</param>
    /// <param name="advance">Gets the bytes of each step.</param>
    public static async Task<CopiedBytes> RunAsync(Stream from, Stream to, long most, Action<long> advance, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var (bytes, lines) = (0L, 0L);
            while (bytes < most)
            {
                var wanted = (int)Math.Min(BufferBytes, most - bytes);
                var read = await from.ReadAtLeastAsync(buffer.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, ct);
                var piece = buffer.AsMemory(0, read);
                hash.AppendData(piece.Span);
                lines += piece.Span.Count((byte)'\n');
                await to.WriteAsync(piece, ct);
                bytes += read;
                advance(read);
                if (read < wanted)
                {
                    break;
                }
            }

            return new CopiedBytes(bytes, Convert.ToHexStringLower(hash.GetCurrentHash()), lines);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
