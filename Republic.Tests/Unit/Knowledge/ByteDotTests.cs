using Republic.Core;
using Republic.Core.Knowledge.Vectors;

namespace Republic.Tests.Unit.Knowledge;

public sealed class ByteDotTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(384)]
    [InlineData(1536)]
    public void Every_way_that_this_processor_can_go_gives_the_same_sum(int length)
    {
        var random = new SeededRandom(7);
        for (var i = 0; i < 200; i++)
        {
            byte[] row = [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(256))];
            sbyte[] query = [.. Enumerable.Range(0, length).Select(_ => (sbyte)(random.Next(256) - 128))];
            AllGive(row.Zip(query, (a, b) => a * b).Sum(), row, query);
        }
    }

    [Theory]
    [InlineData(255, -128)]
    [InlineData(255, 127)]
    [InlineData(0, -128)]
    public void The_largest_numbers_have_room(byte ofRow, sbyte ofQuery)
    {
        const int length = 4096;
        byte[] row = [.. Enumerable.Repeat(ofRow, length)];
        sbyte[] query = [.. Enumerable.Repeat(ofQuery, length)];
        AllGive(length * ofRow * ofQuery, row, query);
    }

    private static void AllGive(int expected, byte[] row, sbyte[] query)
    {
        Assert.NotEmpty(ByteDot.Possible);
        Assert.All(ByteDot.Possible, way => Assert.Equal((way.Name, expected), (way.Name, way.Sum(row, query))));
        Assert.Equal(expected, ByteDot.Sum(row, query));
    }
}
