using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Republic.Core;

/// <summary>
/// Version 7 ids where one is made for every call: <see cref="Guid.CreateVersion7()"/> asks the kernel for the random part of each, this
/// for many at once.
/// </summary>
internal static class OrderedIds
{
    private const int IdLength = 16;
    private const int RandomLength = 10;

    [ThreadStatic]
    private static byte[]? random;

    [ThreadStatic]
    private static int used;

    public static Guid At(DateTimeOffset moment)
    {
        Span<byte> id = stackalloc byte[IdLength];
        BinaryPrimitives.WriteInt64BigEndian(id, moment.ToUnixTimeMilliseconds() << 16);
        Fresh().CopyTo(id[^RandomLength..]);
        id[6] = (byte)(0x70 | (id[6] & 0x0f));
        id[8] = (byte)(0x80 | (id[8] & 0x3f));
        return new Guid(id, bigEndian: true);
    }

    /// <summary>Another id that follows from this one.</summary>
    public static Guid Next(Guid id, int steps)
    {
        Span<byte> bytes = stackalloc byte[IdLength];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[^4..], BinaryPrimitives.ReadInt32BigEndian(bytes[^4..]) + steps);
        return new Guid(bytes, bigEndian: true);
    }

    private static Span<byte> Fresh()
    {
        random ??= new byte[RandomLength * 256];
        if (used == 0)
        {
            RandomNumberGenerator.Fill(random);
            used = random.Length;
        }

        used -= RandomLength;
        return random.AsSpan(used, RandomLength);
    }
}
