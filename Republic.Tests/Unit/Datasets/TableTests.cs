using System.Text;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Refining;

namespace Republic.Tests.Unit.Datasets;

public sealed class TableTests
{
    [Fact]
    public void Columns_with_usual_names_need_no_mapping()
    {
        using var source = new Source("id,Question,Answer,context", "1,How?,Well.,", "2,Why?,\"Because, \"\"so\"\".\",see below");
        using var version = source.Version();

        Assert.Equal("csv", version.Result.Format);
        Assert.Equal(["How?", "Well."], version.Row(0)!.Messages.Select(message => message.Content));
        Assert.Equal(["Why?\n\nsee below", "Because, \"so\"."], version.Row(1)!.Messages.Select(message => message.Content));
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Any_usual_separator_is_found(char separator)
    {
        using var source = new Source(string.Join('\n', "a,b,c", ",two,three", "four,\"fi\nve\",six").Replace(',', separator));
        using var version = source.Version(mapping: new RowMapping("b", "c"));

        Assert.Equal(
            [
                ["two", "three"],
                ["fi\nve", "six"],
            ],
            version.Rows(0, 10).Select(row => row.Messages.Select(message => message.Content).ToArray())
        );
        Assert.Equal([2, 3], version.Rows(0, 10).Select(row => row.Line));
    }

    [Fact]
    public void What_a_mapping_is_chosen_by_are_the_columns_and_the_first_records()
    {
        using var source = new Source("\uFEFFrole;wish;reply", "x;\"a \"\"b\"\"\";c", "d;e");

        var table = DatasetRefinery.Look(source.Path).Value!.Table!;

        Assert.Equal(';', table.Delimiter);
        Assert.Equal(["role", "wish", "reply"], table.Columns);
        Assert.Equal(
            [
                ["x", "a \"b\"", "c"],
                ["d", "e", ""],
            ],
            table.Records
        );
        Assert.Null(table.Guess);
    }

    [Theory]
    [InlineData("lines", "{\"a\":1}")]
    [InlineData("lines", "not this one\n{\"a\":1}")]
    [InlineData("array", " [ {\"a\":1} ]")]
    [InlineData("table", "a,b\n1,2")]
    public void A_source_is_known_by_its_content(string kind, string text)
    {
        using var source = new Source(text);

        Assert.Equal(kind, DatasetRefinery.Look(source.Path).Value!.Kind);
    }

    [Theory]
    [InlineData("wish", "no", "answer", "There is no column \"no\"; the columns are wish, twice, twice.")]
    [InlineData("twice", "wish", "prompt", "Two columns are called \"twice\"")]
    [InlineData("wish", "wish", "mapping", "Choose one column for the prompt and another for the answer.")]
    public void A_mapping_that_does_not_fit_is_refused(string prompt, string answer, string field, string message)
    {
        using var source = new Source("wish,twice,twice", "a,b,c");

        var error = Assert.Single(source.Run(mapping: new RowMapping(prompt, answer)).Failure!.Fields);

        Assert.Equal(field, error.Field);
        Assert.StartsWith(message, error.Message);
    }

    [Fact]
    public void Bad_records_are_named_and_cost_no_others()
    {
        using var source = new Source(
            "prompt,answer",
            "one,1",
            "two",
            "three,3,3",
            "\"four\"x,4",
            "five,",
            "\"six\nsix\",6",
            "\"seven,7",
            "eight,8",
            "Ni\0ne,9"
        );
        using var version = source.Version();

        Assert.Equal(["one", "six\nsix", "eight"], version.Rows(0, 10).Select(row => row.Messages[0].Content));
        Assert.Equal([2, 7, 10], version.Rows(0, 10).Select(row => row.Line));
        Assert.Equal(
            [
                (3, "it has 1 field, and the first line has 2"),
                (4, "it has 3 fields, and the first line has 2"),
                (5, "text stands behind a closing quotation mark (one inside a field is written twice)"),
                (6, "its answer is empty"),
                (9, "a quotation mark is opened and never closed"),
                (11, "it holds a NUL character"),
            ],
            version.Result.Errors.Select(error => (error.Line, error.Reason))
        );
    }

    [Fact]
    public void Latin_1_is_a_bad_record_and_not_a_bad_file()
    {
        using var source = new Source(Encoding.Latin1.GetBytes("prompt,answer\nKäse,b\nBrot,c"));

        var result = source.Counted();

        Assert.Equal((2, 1), (result.Errors[0].Line, result.Counts.Samples));
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_costs_its_own_line_alone()
    {
        var rows = Enumerable.Range(0, 300_000).Select(i => $"prompt number {i},answer");
        using var source = new Source(["prompt,answer", "\"open,1", .. rows]);

        var result = source.Counted();

        Assert.Equal((2, 300_000), (Assert.Single(result.Errors).Line, result.Counts.Samples));
    }

    [Fact]
    public void A_million_columns_are_refused()
    {
        using var source = new Source(string.Join(',', Enumerable.Range(0, 1_000_000)), "1,2");

        Assert.StartsWith("The table has more than 1,000 columns.", source.Run().Failure!.Message);
    }
}
