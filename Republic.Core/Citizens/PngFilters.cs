namespace Republic.Core.Citizens;

/// <summary>Every row of a PNG is written as differences to its neighbours, in one of five ways.</summary>
internal static class PngFilters
{
    /// <param name="step">Bytes from a pixel to the one on its left.</param>
    public static void Undo(byte filter, Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var left = i >= step ? line[i - step] : (byte)0;
            var corner = i >= step ? above[i - step] : (byte)0;
            line[i] += filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                4 => Paeth(left, above[i], corner),
                _ => throw PngFile.Damaged(),
            };
        }
    }

    public static byte Paeth(byte left, byte above, byte corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left
            : toAbove <= toCorner ? above
            : corner;
    }
}
