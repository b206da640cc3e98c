using System.Buffers.Binary;

namespace Republic.Core.Citizens;

/// <param name="Channels">Samples a pixel: one for grey and palette, two with alpha, three for colour, four with alpha.</param>
internal readonly record struct PngHeader(int Width, int Height, int Depth, int ColorType, int Channels, bool IsInterlaced)
{
    public const int Grey = 0;
    public const int Color = 2;
    public const int Indexed = 3;
    public const int GreyAlpha = 4;
    public const int ColorAlpha = 6;

    public int BitsPerPixel => Depth * Channels;

    public static PngHeader Read(ReadOnlySpan<byte> content, int maxSide)
    {
        if (content.Length != 13 || content[10] != 0 || content[11] != 0 || content[12] > 1)
        {
            throw PngFile.Damaged();
        }

        var width = BinaryPrimitives.ReadUInt32BigEndian(content);
        var height = BinaryPrimitives.ReadUInt32BigEndian(content[4..]);
        if (width == 0 || height == 0)
        {
            throw PngFile.Damaged();
        }

        if (width > maxSide || height > maxSide)
        {
            throw new PngException($"The picture is {width} × {height} pixels; at most {maxSide} × {maxSide} are taken. Make it smaller.");
        }

        var (depth, type) = (content[8], content[9]);
        var channels = (type, depth) switch
        {
            (Grey, 1 or 2 or 4 or 8 or 16) => 1,
            (Color, 8 or 16) => 3,
            (Indexed, 1 or 2 or 4 or 8) => 1,
            (GreyAlpha, 8 or 16) => 2,
            (ColorAlpha, 8 or 16) => 4,
            _ => throw PngFile.Damaged(),
        };
        return new PngHeader((int)width, (int)height, depth, type, channels, content[12] == 1);
    }

    public int RowBytes(int width) => (width * BitsPerPixel + 7) / 8;

    /// <summary>The seven passes of an interlaced picture, or the one of a plain one: where it starts, and in which steps.</summary>
    public IReadOnlyList<(int X, int Y, int StepX, int StepY)> Passes =>
        IsInterlaced ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)] : [(0, 0, 1, 1)];
}
