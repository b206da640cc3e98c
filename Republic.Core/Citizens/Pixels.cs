namespace Republic.Core.Citizens;

/// <param name="Rgba">Four bytes a pixel, row by row from the top.</param>
public sealed record Pixels(int Width, int Height, byte[] Rgba)
{
    /// <summary>The middle square, no larger than <paramref name="limit"/>: each pixel is the mean of those it stands for.</summary>
    public Pixels Square(int limit)
    {
        var side = Math.Min(Width, Height);
        var size = Math.Min(side, limit);
        var (left, top) = ((Width - side) / 2, (Height - side) / 2);
        var small = new byte[size * size * 4];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                Mean(
                    left + (int)((long)x * side / size),
                    left + (int)((long)(x + 1) * side / size),
                    top + (int)((long)y * side / size),
                    top + (int)((long)(y + 1) * side / size),
                    small.AsSpan((y * size + x) * 4, 4)
                );
            }
        }

        return new Pixels(size, size, small);
    }

    // Colours are weighed by their alpha: an invisible pixel has none.
    private void Mean(int fromX, int toX, int fromY, int toY, Span<byte> pixel)
    {
        long red = 0,
            green = 0,
            blue = 0,
            alpha = 0,
            count = 0;
        for (var y = fromY; y < toY; y++)
        {
            for (var x = fromX; x < toX; x++)
            {
                var at = Rgba.AsSpan((y * Width + x) * 4, 4);
                red += at[0] * at[3];
                green += at[1] * at[3];
                blue += at[2] * at[3];
                alpha += at[3];
                count++;
            }
        }

        var weight = Math.Max(alpha, 1);
        pixel[0] = (byte)(red / weight);
        pixel[1] = (byte)(green / weight);
        pixel[2] = (byte)(blue / weight);
        pixel[3] = (byte)(alpha / count);
    }
}
