using System.Security.Cryptography;
using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Refining;

namespace Republic.Tests.Unit.Datasets;

public sealed class TableOrJsonTests
{
    [Theory]
    [InlineData("table", "instruction,output\n\"Write a C function\",\"int add()\n{\n  return 1;\n}\"\n")]
    [InlineData("table", "prompt,answer\n{city} is nice,yes\n")]
    [InlineData("table", "[prompt],[completion]\nhow,well\n")]
    [InlineData("lines", "{\n{\"prompt\":\"a\",\"completion\":\"b\"}")]
    [InlineData("lines", "{'prompt':'a','completion':'b'}")]
    [InlineData("lines", "cut\",\"completion\":\"b\"}\n{\"prompt\":\"a\",\"completion\":\"b\"}")]
    [InlineData("array", "[\n  {\n")]
    [InlineData("array", "[]")]
    public void The_first_line_says_what_a_source_is(string kind, string text)
    {
        using var source = new Source(text);

        Assert.Equal(kind, DatasetRefinery.Look(source.Path).Value!.Kind);
    }

    [Fact]
    public void Code_in_a_table_is_read()
    {
        using var source = new Source("instruction,output", "\"Write a C function\",\"int add()\n{\n  return 1;\n}\"", "b,c");
        using var version = source.Version();

        Assert.Equal("int add()\n{\n  return 1;\n}", version.Row(0)!.Messages[1].Content);
        Assert.Equal((2, 0), (version.Count, version.Result.Counts.Malformed));
    }

    [Fact]
    public void Chosen_columns_say_that_it_is_a_table()
    {
        using var source = new Source("{ask},{say}", "a,b");
        using var version = source.Version(mapping: new RowMapping("{ask}", "{say}"));

        Assert.Equal(1, version.Count);
    }

    [Fact]
    public void Random_bytes_are_no_text()
    {
        for (var i = 0; i < 40; i++)
        {
            // As random as a packed file is, and the same each time.
            byte[] bytes = [.. Enumerable.Range(0, 2048).SelectMany(block => SHA256.HashData([(byte)i, (byte)block, (byte)(block >> 8)]))];
            using var source = new Source(bytes);

            Assert.NotNull(source.Run().Failure);
        }
    }
}
