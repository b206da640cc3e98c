using System.IO.Compression;
using System.Text;
using Republic.Core.Citizens;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Citizens;

public sealed class PngTests
{
    [Fact]
    public void What_is_written_reads_back_pixel_by_pixel()
    {
        var pixels = Drawn(37, 23);
        var read = PngReader.Read(PngWriter.Write(pixels), 512);
        Assert.Equal((37, 23), (read.Width, read.Height));
        Assert.Equal(pixels.Rgba, read.Rgba);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 4)]
    [InlineData(0, 8)]
    [InlineData(0, 16)]
    [InlineData(2, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 1)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(4, 16)]
    [InlineData(6, 8)]
    [InlineData(6, 16)]
    public void Every_colour_type_is_read_plain_and_interlaced(int type, int depth)
    {
        foreach (var interlaced in new[] { false, true })
        {
            // All samples at their highest: white, or the palette's last colour.
            var png = RawPng.Full(9, 7, depth, type, interlaced);
            var read = PngReader.Read(png, 512);
            Assert.All(Enumerable.Range(0, 63), i => Assert.Equal([255, 255, 255, 255], read.Rgba.AsSpan(i * 4, 4).ToArray()));
        }
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>")]
    [InlineData("<html></html>")]
    [InlineData("GIF89a")]
    [InlineData("")]
    public void Anything_but_a_png_is_refused(string content) =>
        Assert.Contains("not a PNG", Refused(Encoding.UTF8.GetBytes(content)).Message);

    [Fact]
    public void A_picture_that_is_also_something_else_is_refused() =>
        Assert.Contains("after the end", Refused([.. PngWriter.Write(Drawn(4, 4)), .. "<script>"u8]).Message);

    [Fact]
    public void A_larger_one_than_allowed_is_refused_by_its_header_alone() =>
        Assert.Contains("at most 512", Refused(RawPng.Header(60_000, 60_000, 8, 6, false)).Message);

    [Fact]
    public void A_bomb_is_stopped_at_the_size_its_header_promises()
    {
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.SmallestSize))
        {
            deflate.Write(new byte[50 << 20]);
        }

        Assert.Contains("damaged", Refused(RawPng.Of(16, 16, 8, 6, false, data.ToArray())).Message);
    }

    [Fact]
    public void Every_truncation_and_every_flipped_byte_is_refused_or_read_and_nothing_else()
    {
        var png = PngWriter.Write(Drawn(8, 8));
        for (var length = 0; length < png.Length; length++)
        {
            Refused(png[..length]);
        }

        for (var at = 0; at < png.Length; at++)
        {
            var flipped = (byte[])png.Clone();
            flipped[at] ^= 0x55;
            Refused(flipped);
        }
    }

    [Fact]
    public void A_card_sized_picture_becomes_the_middle_square()
    {
        var tall = new Pixels(
            2,
            4,
            [.. Enumerable.Repeat<byte>(0, 8), .. Enumerable.Repeat<byte>(200, 16), .. Enumerable.Repeat<byte>(0, 8)]
        );
        var square = tall.Square(1);
        Assert.Equal((1, 1), (square.Width, square.Height));
        Assert.Equal([200, 200, 200, 200], square.Rgba);
    }

    private static PngException Refused(byte[] bytes) => Assert.Throws<PngException>(() => PngReader.Read(bytes, 512));

    private static Pixels Drawn(int width, int height) =>
        new(width, height, [.. Enumerable.Range(0, width * height * 4).Select(i => (byte)(i * 31 + i / 7))]);
}
