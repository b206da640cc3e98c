using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Republic.Tests.World;

/// <summary>PNG files byte by byte, the lawful and the other ones.</summary>
public static class RawPng
{
    public static byte[] Header(int width, int height, int depth, int type, bool interlaced) =>
        [0x89, .. "PNG\r\n"u8, 0x1a, (byte)'\n', .. Chunk("IHDR", HeaderData(width, height, depth, type, interlaced))];

    public static byte[] Of(int width, int height, int depth, int type, bool interlaced, byte[] data) =>
        [
            .. Header(width, height, depth, type, interlaced),
            .. type == 3 ? Chunk("PLTE", [.. Enumerable.Repeat(byte.MaxValue, 3 << Math.Min(depth, 8))]) : [],
            .. Chunk("IDAT", data),
            .. Chunk("IEND", []),
        ];

    /// <summary>Every sample at its highest value.</summary>
    public static byte[] Full(int width, int height, int depth, int type, bool interlaced)
    {
        var channels = type switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        (int X, int Y, int StepX, int StepY)[] passes = interlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Fastest))
        {
            foreach (var (x, y, stepX, stepY) in passes)
            {
                var columns = (width - x + stepX - 1) / stepX;
                for (var row = y; row < height && columns > 0; row += stepY)
                {
                    deflate.WriteByte(0);
                    deflate.Write([.. Enumerable.Repeat(byte.MaxValue, (columns * depth * channels + 7) / 8)]);
                }
            }
        }

        return Of(width, height, depth, type, interlaced, data.ToArray());
    }

    private static byte[] HeaderData(int width, int height, int depth, int type, bool interlaced)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = ((byte)depth, (byte)type, (byte)(interlaced ? 1 : 0));
        return data;
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(named.Length + 4), Crc(named));
        return chunk;
    }

    // Bit by bit, on purpose another way than the code that is tested.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var octet in bytes)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xedb88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
