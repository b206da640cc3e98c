using System.Text;
using Republic.Core.Datasets.Rows;

namespace Republic.Tests.Unit.Datasets;

public sealed class ArrayTests
{
    [Theory]
    [InlineData("""{"prompt":"broken","completion":"b" """)]
    [InlineData("""{"prompt":"bro"ken","completion":"b"}""")]
    [InlineData("""{"prompt":"broken","completion":"b"]""")]
    [InlineData("""{"messages":[{"role":"user","content":"broken"}""")]
    [InlineData("""{"messages":[{"role":"user","content":"broken"}}""")]
    public void A_broken_row_costs_no_others(string broken)
    {
        string[] rows = [.. Enumerable.Range(0, 2000).Select(i => Source.Pair($"{i}", "b"))];
        rows[1] = broken;
        using var source = new Source("[\n" + string.Join(",\n", rows) + "\n]\n");

        var result = source.Counted();

        Assert.Equal((2000, 1999), (result.Counts.Rows, result.Counts.Samples));
        Assert.Equal(3, Assert.Single(result.Errors).Line);
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("")]
    public void A_broken_row_over_several_lines_is_one_bad_row(string indent)
    {
        string[] rows = [.. Enumerable.Range(0, 9).Select(i => $"{indent}{{\n    \"prompt\": \"{i}\",\n    \"answer\": \"b\"\n{indent}}}")];
        rows[4] = $"{indent}{{\n    \"prompt\": \"4\",\n    \"answer\": \"b\n{indent}}}";
        using var source = new Source("[\n" + string.Join(",\n", rows) + "\n]");

        var result = source.Counted();

        Assert.Equal((9, 8), (result.Counts.Rows, result.Counts.Samples));
        Assert.Equal(18, Assert.Single(result.Errors).Line);
    }

    [Theory]
    [InlineData(",\n")]
    [InlineData(",")]
    [InlineData("\n")]
    [InlineData("")]
    public void An_array_that_is_cut_off_between_rows_says_so(string end)
    {
        using var source = new Source("[\n" + Source.Pair("a", "b") + ",\n" + Source.Pair("c", "d") + end);
        using var version = source.Version();

        Assert.Equal((3, 2, 1), (version.Result.Counts.Rows, version.Count, version.Result.Counts.Malformed));
        Assert.Equal(
            new RowError(end.EndsWith('\n') ? 4 : 3, "the array is not closed: the file ends before its last bracket"),
            version.Result.Errors[0]
        );
        Assert.Equal("", version.Rejected(0, 10).Rows[0].Raw);
    }

    [Fact]
    public void Rows_written_over_several_lines_without_indentation_are_whole()
    {
        const string Row =
            "{\n\"messages\": [\n{\n\"role\": \"user\",\n\"content\": \"a\"\n},\n{\n\"role\": \"assistant\",\n\"content\": \"b\"\n}\n]\n}";
        using var source = new Source($"[\n{Row},\n{Row.Replace("\"a\"", "\"c\"")}\n]");

        Assert.Equal(2, source.Counted().Counts.Samples);
    }

    [Fact]
    public void Lines_are_those_of_the_file()
    {
        using var source = new Source("\n[\n" + Source.Pair("a", "b") + ",\n\n{\"prompt\":1 2},\n" + Source.Pair("c", "d") + ", 7]");
        using var version = source.Version();

        Assert.Equal([5, 6], version.Result.Errors.Select(error => error.Line));
        Assert.Equal([3, 6], version.Rows(0, 10).Select(row => row.Line));
    }
}
