using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Republic.Core.Citizens;

/// <summary>A plain PNG of eight bits with alpha, and nothing in it but its pixels and the texts it is given.</summary>
public static class PngWriter
{
    public static byte[] Write(Pixels pixels, IReadOnlyDictionary<string, string>? texts = null)
    {
        using var png = new MemoryStream();
        png.Write(PngFile.Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, pixels.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), pixels.Height);
        (header[8], header[9]) = (8, PngHeader.ColorAlpha);
        Chunk(png, "IHDR", header);
        foreach (var (key, text) in texts ?? new Dictionary<string, string>())
        {
            Chunk(png, "tEXt", Encoding.Latin1.GetBytes($"{key}\0{text}"));
        }

        Chunk(png, "IDAT", Deflate(pixels));
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Deflate(Pixels pixels)
    {
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Optimal))
        {
            var stride = pixels.Width * 4;
            var filtered = new byte[stride + 1];
            // Paeth: small differences both in photos and in flat drawings.
            filtered[0] = 4;
            for (var row = 0; row < pixels.Height; row++)
            {
                var line = pixels.Rgba.AsSpan(row * stride, stride);
                var above = row == 0 ? new byte[stride] : pixels.Rgba.AsSpan((row - 1) * stride, stride);
                for (var i = 0; i < stride; i++)
                {
                    var left = i >= 4 ? line[i - 4] : (byte)0;
                    var corner = i >= 4 ? above[i - 4] : (byte)0;
                    filtered[i + 1] = (byte)(line[i] - PngFilters.Paeth(left, above[i], corner));
                }

                deflate.Write(filtered);
            }
        }

        return data.ToArray();
    }

    private static void Chunk(MemoryStream png, string type, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[content.Length + 4];
        Encoding.ASCII.GetBytes(type, chunk);
        content.CopyTo(chunk.AsSpan(4));
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(chunk));
        png.Write(number);
    }
}
