using System.Runtime.InteropServices;

namespace Republic.Core.Minions.Access;

/// <summary>A SHA-256 as a dictionary's key, without a string made of it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct KeyDigest(ulong A, ulong B, ulong C, ulong D)
{
    public static KeyDigest Of(ReadOnlySpan<byte> sha256)
    {
        var parts = MemoryMarshal.Cast<byte, ulong>(sha256);
        return new KeyDigest(parts[0], parts[1], parts[2], parts[3]);
    }
}
