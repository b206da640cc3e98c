using System.Buffers.Binary;

namespace Republic.Core.Citizens;

/// <summary>Turns a pixel of any colour type and depth into four bytes.</summary>
internal sealed class PngSamples(PngFile file)
{
    private readonly PngHeader header = file.Header;

    public void Read(ReadOnlySpan<byte> line, int column, Span<byte> rgba)
    {
        switch (header.ColorType)
        {
            case PngHeader.Indexed:
                FromPalette(Sample(line, column), rgba);
                break;
            case PngHeader.Grey or PngHeader.GreyAlpha:
                var grey = Eight(Sample(line, column * header.Channels));
                rgba[..3].Fill(grey);
                rgba[3] = header.ColorType == PngHeader.GreyAlpha ? Eight(Sample(line, column * 2 + 1)) : Opacity(line, column, 1);
                break;
            default:
                for (var channel = 0; channel < 3; channel++)
                {
                    rgba[channel] = Eight(Sample(line, column * header.Channels + channel));
                }

                rgba[3] = header.ColorType == PngHeader.ColorAlpha ? Eight(Sample(line, column * 4 + 3)) : Opacity(line, column, 3);
                break;
        }
    }

    private void FromPalette(int index, Span<byte> rgba)
    {
        if (index * 3 + 3 > file.Palette.Length)
        {
            throw PngFile.Damaged();
        }

        file.Palette.AsSpan(index * 3, 3).CopyTo(rgba);
        rgba[3] = index < file.Transparency.Length ? file.Transparency[index] : byte.MaxValue;
    }

    // Pictures without alpha may name one colour that is see-through.
    private byte Opacity(ReadOnlySpan<byte> line, int column, int channels)
    {
        if (file.Transparency.Length != channels * 2)
        {
            return byte.MaxValue;
        }

        for (var channel = 0; channel < channels; channel++)
        {
            if (Sample(line, column * channels + channel) != BinaryPrimitives.ReadUInt16BigEndian(file.Transparency.AsSpan(channel * 2)))
            {
                return byte.MaxValue;
            }
        }

        return 0;
    }

    private int Sample(ReadOnlySpan<byte> line, int index) =>
        header.Depth switch
        {
            8 => line[index],
            16 => BinaryPrimitives.ReadUInt16BigEndian(line[(index * 2)..]),
            var depth => (line[index * depth / 8] >> (8 - depth - index * depth % 8)) & ((1 << depth) - 1),
        };

    private byte Eight(int sample) =>
        header.Depth switch
        {
            8 => (byte)sample,
            16 => (byte)(sample >> 8),
            var depth => (byte)(sample * 255 / ((1 << depth) - 1)),
        };
}
