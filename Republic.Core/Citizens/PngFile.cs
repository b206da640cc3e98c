using System.Buffers.Binary;
using System.Text;

namespace Republic.Core.Citizens;

/// <summary>The chunks of a PNG, each checked. Anything behind the end is refused: a picture that is also something else is no picture.</summary>
internal sealed class PngFile
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    public required PngHeader Header { get; init; }

    public byte[] Palette { get; private set; } = [];

    public byte[] Transparency { get; private set; } = [];

    public MemoryStream Data { get; } = new();

    /// <summary>Texts that travel with the picture, such as a character card.</summary>
    public Dictionary<string, string> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static PngFile Read(ReadOnlySpan<byte> bytes, int maxSide)
    {
        if (!bytes.StartsWith(Signature))
        {
            throw new PngException("This is not a PNG picture. Choose a PNG; a browser page converts other pictures by itself.");
        }

        var rest = bytes[Signature.Length..];
        var type = Next(ref rest, out var content);
        if (type != "IHDR")
        {
            throw Damaged();
        }

        var file = new PngFile { Header = PngHeader.Read(content, maxSide) };
        var dataEnded = false;
        while (true)
        {
            type = Next(ref rest, out content);
            if (type == "IEND")
            {
                break;
            }

            dataEnded |= type != "IDAT" && file.Data.Length > 0;
            file.Take(type, content, dataEnded);
        }

        if (rest.Length > 0)
        {
            throw new PngException("There is extra data after the end of this picture. Save it again as a plain PNG.");
        }

        return file;
    }

    public static PngException Damaged(Exception? inner = null) =>
        new("This PNG picture is damaged. Save it again, or choose another.", inner);

    private static string Next(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> content)
    {
        if (rest.Length < 12)
        {
            throw Damaged();
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - 12)
        {
            throw Damaged();
        }

        var checkedPart = rest.Slice(4, (int)length + 4);
        if (Crc32.Of(checkedPart) != BinaryPrimitives.ReadUInt32BigEndian(rest[((int)length + 8)..]))
        {
            throw Damaged();
        }

        rest = rest[((int)length + 12)..];
        content = checkedPart[4..];
        return Encoding.ASCII.GetString(checkedPart[..4]);
    }

    private void Take(string type, ReadOnlySpan<byte> content, bool dataEnded)
    {
        switch (type)
        {
            case "IDAT" when !dataEnded:
                Data.Write(content);
                break;
            case "PLTE" when content.Length % 3 == 0 && content.Length is > 0 and <= 768:
                Palette = content.ToArray();
                break;
            case "tRNS" when content.Length <= 256:
                Transparency = content.ToArray();
                break;
            case "tEXt" when content.IndexOf((byte)0) is > 0 and < 80 and var end:
                Texts[Encoding.Latin1.GetString(content[..end])] = Encoding.Latin1.GetString(content[(end + 1)..]);
                break;
            // A small second letter means that a reader may leave the chunk out.
            case var _ when char.IsAsciiLetterUpper(type[0]):
                throw Damaged();
        }
    }
}
