using System.Buffers.Binary;
using Republic.Core.Archives.Importing.Reading;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Archives;

public sealed class ZipCountTests
{
    [Fact]
    public void Entries_are_counted()
    {
        using var file = new MemoryStream(ArchiveFile.OfProfile().Add("memories.jsonl", "").ToBytes());

        Assert.Equal(3, ZipCount.Of(file, most: 10));
    }

    [Fact]
    public void Counting_stops_beyond_the_most()
    {
        using var file = new MemoryStream(Many());

        Assert.Equal(11, ZipCount.Of(file, most: 10));
    }

    [Fact]
    public void Of_two_directories_that_a_zip_names_the_one_that_is_read_is_counted()
    {
        var archive = Many();
        var end = archive.Length - 22;
        // The end of a large archive, where it stands, and the usual end, which names a directory without entries.
        var ends = new byte[56 + 20 + 22];
        BinaryPrimitives.WriteUInt32LittleEndian(ends, 0x06064b50);
        BinaryPrimitives.WriteInt64LittleEndian(ends.AsSpan(48), BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(end + 16)));
        BinaryPrimitives.WriteUInt32LittleEndian(ends.AsSpan(56), 0x07064b50);
        BinaryPrimitives.WriteInt64LittleEndian(ends.AsSpan(64), end);
        archive.AsSpan(end).CopyTo(ends.AsSpan(76));
        BinaryPrimitives.WriteUInt16LittleEndian(ends.AsSpan(86), ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(ends.AsSpan(92), (uint)end);
        using var file = new MemoryStream([.. archive.AsSpan(0, end), .. ends]);

        Assert.Equal(11, ZipCount.Of(file, most: 10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(21)]
    [InlineData(5000)]
    public void What_is_no_zip_has_no_count(int bytes)
    {
        using var file = new MemoryStream(new byte[bytes]);

        Assert.Null(ZipCount.Of(file, most: 10));
    }

    [Fact]
    public void A_zip_that_is_cut_off_has_no_count()
    {
        using var file = new MemoryStream(ArchiveFile.OfProfile().ToBytes()[..^30]);

        Assert.Null(ZipCount.Of(file, most: 10));
    }

    /// <summary>51 entries.</summary>
    private static byte[] Many()
    {
        var archive = new ArchiveFile();
        for (var i = 0; i < 50; i++)
        {
            archive.Add($"chats/{i}.json", "{}");
        }

        return archive.ToBytes();
    }
}
