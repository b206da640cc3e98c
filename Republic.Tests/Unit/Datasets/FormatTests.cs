using Republic.Core.Datasets.Rows;

namespace Republic.Tests.Unit.Datasets;

public sealed class FormatTests
{
    private static readonly RowMessage[] Talk = [new("user", "How are you?"), new("assistant", "Well, thanks.")];

    public static TheoryData<string, string> Rows() =>
        new()
        {
            { "messages", """{"messages":[{"role":"user","content":"How are you?"},{"role":"assistant","content":"Well, thanks."}]}""" },
            {
                "messages",
                """{"id":7,"messages":[{"content":"How are you?","role":"user","x":[1,{"y":2}]},{"content":"Well, thanks.","role":"assistant"}],"tools":[]}"""
            },
            {
                "messages",
                """{"messages":[{"role":"user","content":[{"type":"text","text":"How are "},{"type":"text","text":"you?"}]},{"role":"assistant","content":"Well, thanks."}]}"""
            },
            { "sharegpt", """{"conversations":[{"from":"human","value":"How are you?"},{"from":"gpt","value":"Well, thanks."}]}""" },
            { "alpaca", """{"instruction":"How are you?","input":"","output":"Well, thanks."}""" },
            { "pairs", """{"prompt":"How are you?","completion":"Well, thanks."}""" },
            { "pairs", """{"instruction":"How are you?","response":"Well, thanks."}""" },
            { "pairs", """{"question":"How are you?","answer":"Well, thanks."}""" },
            { "pairs", """{"input":"How are you?","output":"Well, thanks."}""" },
            { "pairs", """{"prompt":"How are \u0079ou?","completion":"Well, thanks."}""" },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_usual_form_of_a_row_becomes_the_same_messages(string format, string row)
    {
        using var source = new Source(row);
        using var version = source.Version();

        Assert.Equal(format, version.Result.Format);
        Assert.Equal(Talk, version.Row(0)!.Messages);
    }

    [Fact]
    public void The_input_of_an_instruction_stands_below_it_and_the_system_text_comes_first()
    {
        using var source = new Source("""{"system":"Be brief.","instruction":"Translate.","input":"Hallo","output":"Hello"}""");
        using var version = source.Version();

        Assert.Equal(
            [new RowMessage("system", "Be brief."), new RowMessage("user", "Translate.\n\nHallo"), new RowMessage("assistant", "Hello")],
            version.Row(0)!.Messages
        );
    }

    [Fact]
    public void The_form_is_found_row_by_row()
    {
        using var source = new Source(Source.Pair("one", "two"), """{"instruction":"three","output":"four"}""");

        Assert.Equal("mixed", source.Counted().Format);
    }

    [Fact]
    public void Where_no_row_can_be_used_the_form_is_unknown()
    {
        using var source = new Source("{}", "bad");

        Assert.Null(source.Counted().Format);
    }

    [Fact]
    public void The_same_row_in_another_form_is_an_exact_duplicate()
    {
        using var source = new Source([.. Rows().Select(row => row.Data.Item2)]);

        var counts = source.Counted().Counts;

        Assert.Equal((10, 1, 9), (counts.Rows, counts.Samples, counts.ExactDuplicates));
    }

    [Fact]
    public void A_conversation_of_several_turns_stays_one_row()
    {
        using var source = new Source(
            """{"messages":[{"role":"developer","content":"s"},{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"},{"role":"assistant","content":"d"}]}"""
        );
        using var version = source.Version();

        Assert.Equal("sabcd", string.Concat(version.Row(0)!.Messages.Select(message => message.Content)));
        Assert.Equal("system", version.Row(0)!.Messages[0].Role);
    }

    [Fact]
    public void Texts_survive_as_they_were_whatever_they_hold()
    {
        var text = "\"quoted\" \\ back\tslash\r\nnext \u0001 𝄞 é \u2028 </script> \u007f";
        using var source = new Source(Source.Pair(text, text + "."));
        using var version = source.Version();

        Assert.Equal(text, version.Row(0)!.Messages[0].Content);
        Assert.Equal(text + ".", version.Row(0)!.Messages[1].Content);
    }

    [Fact]
    public void Samples_are_lines_that_can_be_read_again_as_they_are()
    {
        using var source = new Source(Source.Pair("a\n\"b\"", "c"), Source.Pair("d", "e"));
        using var version = source.Version();
        using var again = new Source(File.ReadAllBytes(Path.Combine(version.Folder, "samples.jsonl")));
        using var second = again.Version();

        Assert.Equal(version.Result.Sha256, second.Result.Sha256);
    }

    [Theory]
    [InlineData("[{0},{1}]", 1, 1)]
    [InlineData("\n [\n  {0} ,\r\n  {1}\n]\n", 3, 4)]
    [InlineData("[{0},{1},]", 1, 1)]
    public void A_json_array_is_read_row_by_row(string form, int first, int second)
    {
        using var source = new Source(string.Format(form, """{"prompt":"a, [b] {","completion":"\"]"}""", Source.Pair("c", "d\\")));
        using var version = source.Version();

        Assert.Equal((2, 2), (version.Result.Counts.Rows, version.Count));
        Assert.Equal("a, [b] {", version.Row(0)!.Messages[0].Content);
        Assert.Equal((first, second), (version.Row(0)!.Line, version.Row(1)!.Line));
    }

    [Fact]
    public void In_an_array_a_bad_row_is_known_by_its_line()
    {
        using var source = new Source(
            """[{"prompt":"a","completion":"b"},""",
            """{"prompt":1 2},{"prompt":"c","completion":"d"},""",
            "",
            "7]"
        );

        var result = source.Counted();

        Assert.Equal([2, 4], result.Errors.Select(error => error.Line));
        Assert.Equal(2, result.Counts.Samples);
    }
}
