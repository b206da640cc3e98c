using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Republic.Core.Episodes.Machine;

/// <summary>What a role said last, and how often in a row.</summary>
/// <param name="Hash">Of the text.</param>
public sealed record Repetition(long Hash, int Count)
{
    /// <param name="last">Null where the role has said nothing.</param>
    public static Repetition After(Repetition? last, string text)
    {
        var hash = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));
        return new(hash, last?.Hash == hash ? last.Count + 1 : 1);
    }
}
