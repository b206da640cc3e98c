using Republic.Core;
using Republic.Core.Knowledge.Vectors;

namespace Republic.Tests.Unit.Knowledge;

public sealed class Int4DotTests
{
    [Theory]
    [InlineData(64, 40)]
    [InlineData(384, 13)]
    [InlineData(1536, 5)]
    public void Every_way_that_this_processor_can_go_gives_the_same_sums(int length, int rows)
    {
        var random = new SeededRandom(7);
        for (var i = 0; i < 50; i++)
        {
            AllGive(
                [.. Enumerable.Range(0, rows * length / 2).Select(_ => (byte)random.Next(256))],
                [.. Enumerable.Range(0, length).Select(_ => (sbyte)(random.Next(256) - 128))]
            );
        }
    }

    [Theory]
    [InlineData(0xff, -128)]
    [InlineData(0xff, 127)]
    [InlineData(0xf0, -128)]
    [InlineData(0x0f, 127)]
    [InlineData(0, -128)]
    public void The_largest_numbers_have_room(byte ofRows, sbyte ofQuery)
    {
        const int length = 4096;
        AllGive([.. Enumerable.Repeat(ofRows, 3 * length / 2)], [.. Enumerable.Repeat(ofQuery, length)]);
    }

    [Fact]
    public void What_does_not_fit_is_not_read()
    {
        Assert.Throws<ArgumentException>(() => Int4Dot.Sums(new byte[32], new sbyte[64], new int[2]));
        Assert.Throws<ArgumentException>(() => Int4Dot.Sums(new byte[16], new sbyte[32], new int[1]));
    }

    private static unsafe void AllGive(byte[] rows, sbyte[] query)
    {
        var bytes = query.Length / 2;
        int[] expected = [.. rows.Chunk(bytes).Select(row => SumOf(row, query))];
        Assert.NotEmpty(Int4Dot.Possible);
        foreach (var (name, way) in Int4Dot.Possible)
        {
            var sums = new int[expected.Length];
            fixed (byte* row = rows)
            fixed (sbyte* asked = query)
            {
                way(row, asked, bytes, sums);
            }

            Assert.True(expected.SequenceEqual(sums), name);
        }

        var best = new int[expected.Length];
        Int4Dot.Sums(rows, query, best);
        Assert.Equal(expected, best);
    }

    private static int SumOf(byte[] row, sbyte[] query) =>
        row.Select((both, i) => ((both & 15) * query[i]) + ((both >> 4) * query[row.Length + i])).Sum();
}
