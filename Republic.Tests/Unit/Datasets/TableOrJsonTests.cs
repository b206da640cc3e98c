using System.Security.Cryptography;
using System.Text;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Refining;

namespace Republic.Tests.Unit.Datasets;

public sealed class TableOrJsonTests
{
    [Theory]
    [InlineData("table", "instruction,output\n\"Write a C function\",\"int add()\n{\n  return 1;\n}\"\n")]
    [InlineData("table", "instruction,output\n\"Write an empty body\",\"int add()\n{}\nand \"\"b\"\"\"\n")]
    [InlineData("lines", "one\ntwo\nthree\n{\"prompt\":\"a\",\"completion\":\"b\"}")]
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
    public void Bad_lines_at_the_beginning_make_no_other_file_of_it()
    {
        var good = Source.Pair("How are you?", "Well, thanks.");
        using var source = new Source([
            0xFF,
            0xFE,
            .. Encoding.Unicode.GetBytes(good + "\n"),
            .. "no row\n\u0001\u0002\u0003 neither is this\n"u8,
            .. Encoding.UTF8.GetBytes(good),
        ]);

        var result = source.Counted();

        Assert.Equal((1, 3), (result.Counts.Samples, result.Counts.Malformed));
        Assert.Equal([1, 2, 3], result.Errors.Select(error => error.Line));
        Assert.Equal("it is UTF-16, and has to be UTF-8", result.Errors[0].Reason);
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
