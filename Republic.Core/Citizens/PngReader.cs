using System.IO.Compression;

namespace Republic.Core.Citizens;

/// <summary>Pixels from a PNG. Inflates exactly as much as the header promises, whatever the file says.</summary>
public static class PngReader
{
    /// <exception cref="PngException">Not a PNG, damaged, too large, or something else as well.</exception>
    public static Pixels Read(ReadOnlySpan<byte> bytes, int maxSide) => Decode(PngFile.Read(bytes, maxSide));

    /// <summary>The picture and the texts that travel with it.</summary>
    internal static (Pixels Pixels, IReadOnlyDictionary<string, string> Texts) ReadWithTexts(ReadOnlySpan<byte> bytes, int maxSide)
    {
        var file = PngFile.Read(bytes, maxSide);
        return (Decode(file), file.Texts);
    }

    private static Pixels Decode(PngFile file)
    {
        var header = file.Header;
        if (header.ColorType == PngHeader.Indexed && file.Palette.Length == 0)
        {
            throw PngFile.Damaged();
        }

        var raw = Inflate(file);
        var rgba = new byte[header.Width * header.Height * 4];
        var samples = new PngSamples(file);
        var at = 0;
        foreach (var (startX, startY, stepX, stepY) in header.Passes)
        {
            var (width, height) = Size(header, startX, startY, stepX, stepY);
            var stride = header.RowBytes(width);
            var above = new byte[stride].AsSpan();
            for (var row = 0; row < height && width > 0; row++)
            {
                var line = raw.AsSpan(at + 1, stride);
                PngFilters.Undo(raw[at], line, above, Math.Max(1, header.BitsPerPixel / 8));
                for (var column = 0; column < width; column++)
                {
                    var pixel = ((startY + row * stepY) * header.Width + startX + column * stepX) * 4;
                    samples.Read(line, column, rgba.AsSpan(pixel, 4));
                }

                above = line;
                at += stride + 1;
            }
        }

        return new Pixels(header.Width, header.Height, rgba);
    }

    private static byte[] Inflate(PngFile file)
    {
        var header = file.Header;
        var expected = header.Passes.Sum(pass =>
        {
            var (width, height) = Size(header, pass.X, pass.Y, pass.StepX, pass.StepY);
            return width == 0 ? 0 : (header.RowBytes(width) + 1) * height;
        });
        var raw = new byte[expected];
        file.Data.Position = 0;
        using var inflate = new ZLibStream(file.Data, CompressionMode.Decompress);
        try
        {
            inflate.ReadExactly(raw);
            // One more byte is a bomb or a mistake; neither is a picture.
            return inflate.ReadByte() < 0 ? raw : throw PngFile.Damaged();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw PngFile.Damaged(e);
        }
    }

    private static (int Width, int Height) Size(PngHeader header, int startX, int startY, int stepX, int stepY) =>
        (Math.Max(0, (header.Width - startX + stepX - 1) / stepX), Math.Max(0, (header.Height - startY + stepY - 1) / stepY));
}
