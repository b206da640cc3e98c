using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Episodes.Journal;

/// <summary>The hash by which an entry continues the one before: whoever changes an entry changes all hashes after it.</summary>
public static class EntryHash
{
    /// <summary>SHA-256 of the previous hash (32 bytes, or none), the number (8 bytes, little-endian) and the data (UTF-8).</summary>
    public static byte[] Of(ReadOnlySpan<byte> previous, long seq, string data)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, seq);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(number);
        hash.AppendData(Encoding.UTF8.GetBytes(data));
        return hash.GetHashAndReset();
    }
}
