using System.Text;

namespace Republic.Tests.Unit.Datasets;

public sealed class MalformedTests
{
    private const string Good = """{"prompt":"How are you?","completion":"Well, thanks."}""";

    [Theory]
    [InlineData("""{"prompt":"a","completion":"b" """, "it is not JSON (byte ")]
    [InlineData("{'prompt':'a','completion':'b'}", "it is not JSON (byte 2)")]
    [InlineData("""{"prompt":"a","completion":"b"} {}""", "it is not JSON")]
    [InlineData("hello", "it is not JSON (byte 1)")]
    [InlineData("[1,2]", "it is no JSON object")]
    [InlineData("\"text\"", "it is no JSON object")]
    [InlineData("null", "it is no JSON object")]
    [InlineData("{}", "it has neither messages nor a prompt with an answer")]
    [InlineData("""{"text":"a"}""", "it has neither messages nor a prompt with an answer")]
    [InlineData("""{"prompt":"a"}""", "it has no answer")]
    [InlineData("""{"prompt":"a","completion":null}""", "it has no answer")]
    [InlineData("""{"output":"a"}""", "it has no prompt")]
    [InlineData("""{"prompt":"a","completion":4}""", "its completion is no text")]
    [InlineData("""{"prompt":["a"],"completion":"b"}""", "its prompt is no text")]
    [InlineData("""{"prompt":" \n","completion":"b"}""", "its prompt is empty")]
    [InlineData("""{"prompt":"a","completion":""}""", "its answer is empty")]
    [InlineData("""{"prompt":"a","prompt":"b","completion":"c"}""", "it has prompt twice")]
    [InlineData("""{"prompt":"a","prompt":null,"completion":"c"}""", "it has prompt twice")]
    [InlineData("""{"prompt":"a","\u0070rompt":"a","completion":"c"}""", "it has prompt twice")]
    [InlineData("""{"system":"s","prompt":"a","completion":"c","system_prompt":"t"}""", "it has system twice (system_prompt is another")]
    [InlineData(
        """{"messages":[{"role":"user","content":[{"type":"text","text":"a","text":"b"}]}]}""",
        "message 1 has a part with two texts"
    )]
    [InlineData("""{"messages":{}}""", "messages is no list")]
    [InlineData("""{"messages":[]}""", "it has no messages")]
    [InlineData("""{"messages":["a"]}""", "message 1 is no object")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}]}""", "it has no answer: no message of the assistant")]
    [InlineData("""{"messages":[{"role":"assistant","content":"a"}]}""", "it has no message of the user")]
    [InlineData(
        """{"messages":[{"role":"user","content":"a"},{"role":"wizard","content":"b"}]}""",
        "message 2 has the role \"wizard\"; it has to be"
    )]
    [InlineData("""{"messages":[{"role":"user","content":"a"},{"content":"b"}]}""", "message 2 has no role")]
    [InlineData("""{"messages":[{"role":"user","content":"a"},{"role":"assistant"}]}""", "message 2 has no content")]
    [InlineData(
        """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":null}]}""",
        "message 2 has a content that is no text"
    )]
    [InlineData("""{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":" "}]}""", "message 2 is empty")]
    [InlineData("""{"messages":[{"role":"user","role":"user","content":"a"}]}""", "message 1 has two roles")]
    [InlineData("""{"prompt":"\ud800","completion":"b"}""", "it holds half of a character: escapes from \\ud800")]
    [InlineData("""{"prompt":"a\u0000","completion":"b"}""", "it holds a NUL character")]
    [InlineData("{\"prompt\":\"a\0\",\"completion\":\"b\"}", "it holds a NUL character")]
    [InlineData("\uFEFF{\"prompt\":\"a\",\"completion\":\"b\"}", "it begins with a byte order mark")]
    public void A_bad_line_is_named_by_number_and_reason_and_the_good_ones_are_kept(string line, string reason)
    {
        using var source = new Source(Good, line, Good.Replace("you", "they"));

        var result = source.Counted();

        var error = Assert.Single(result.Errors);
        Assert.Equal(2, error.Line);
        Assert.StartsWith(reason, error.Reason);
        Assert.Equal(2, result.Counts.Samples);
    }

    [Fact]
    public void A_key_that_is_not_read_may_be_there_as_often_as_it_likes()
    {
        using var source = new Source("""{"id":1,"id":2,"prompt":"How are you?","note":{"a":1,"a":2},"completion":"Well, thanks."}""");

        Assert.Equal(1, source.Counted().Counts.Samples);
    }

    [Fact]
    public void Bytes_of_other_encodings_are_bad_lines()
    {
        byte[] end = [(byte)'\n'];
        using var source = new Source([
            .. Encoding.UTF8.GetBytes(Good),
            .. end,
            .. Encoding.Latin1.GetBytes("""{"prompt":"Käse","completion":"b"}"""),
            .. end,
            .. Encoding.Unicode.GetBytes(Good + "\n"),
            .. Encoding.UTF8.GetBytes(Good.Replace("you", "we")),
            .. end,
            .. "{\"prompt\":\""u8,
            0xED,
            0xA0,
            0x80,
            .. "\",\"completion\":\"b\"}\n"u8,
            .. Encoding.BigEndianUnicode.GetBytes(Good + "\n"),
        ]);

        var result = source.Counted();

        Assert.Equal(
            [(2, "it is not UTF-8"), (3, "it is UTF-16"), (5, "it holds half of a character (a lone surrogate)"), (6, "it is UTF-16")],
            result.Errors.Select(error => (error.Line, error.Reason.Split(", and")[0].Replace(" (Latin-1 or Windows-1252, perhaps)", "")))
        );
        Assert.Equal(2, result.Counts.Samples);
    }

    [Fact]
    public void Line_ends_of_any_system_a_byte_order_mark_and_blank_lines_change_nothing()
    {
        using var source = new Source([
            0xEF,
            0xBB,
            0xBF,
            .. Encoding.UTF8.GetBytes($"\r\n{Good}\r\n\r\n  \n{Good.Replace("you", "we")}\nx\n\n"),
        ]);

        var result = source.Counted();

        Assert.Equal((3, 2), (result.Counts.Rows, result.Counts.Samples));
        Assert.Equal(6, Assert.Single(result.Errors).Line);
    }

    [Fact]
    public void A_line_that_is_too_long_costs_neither_memory_nor_the_lines_after_it()
    {
        var huge = new byte[21 << 20];
        Array.Fill(huge, (byte)'a');
        "{\"prompt\":\""u8.CopyTo(huge);
        using var source = new Source([
            .. Encoding.UTF8.GetBytes(Good + "\n"),
            .. huge,
            (byte)'\n',
            .. Encoding.UTF8.GetBytes(Good.Replace("you", "we")),
        ]);
        using var version = source.Version();

        Assert.Equal((3, 2), (version.Result.Counts.Rows, version.Count));
        Assert.Equal((2, "it is longer than 4 MB"), (version.Result.Errors[0].Line, version.Result.Errors[0].Reason));
        Assert.Equal(3, version.Row(1)!.Line);
        Assert.Equal(4096, Assert.Single(version.Rejected(0, 10).Rows).Raw.Length);
    }

    [Fact]
    public void Deep_nesting_and_a_million_fields_are_bad_lines()
    {
        var deep = "{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}";
        var wide =
            "{" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"c{i}\":1")) + ",\"prompt\":\"a\",\"completion\":\"b\"}";
        using var source = new Source(Good, deep, wide);

        var result = source.Counted();

        Assert.Equal([2, 3], result.Errors.Select(error => error.Line));
        Assert.Equal("it has more than 1,000 fields", result.Errors[1].Reason);
    }

    [Fact]
    public void The_first_hundred_errors_are_told_at_once_and_all_can_be_read()
    {
        using var source = new Source([Good, .. Enumerable.Range(0, 250).Select(i => $"bad {i}")]);
        using var version = source.Version();

        Assert.Equal((100, true, 250), (version.Result.Errors.Count, version.Result.ErrorsTruncated, version.Result.Counts.Malformed));
        var first = version.Rejected(0, 200);
        var second = version.Rejected(first.Next!.Value, 200);
        Assert.Null(second.Next);
        Assert.Equal(Enumerable.Range(2, 250), first.Rows.Concat(second.Rows).Select(row => row.Line));
        Assert.Equal("bad 249", second.Rows[^1].Raw);
        Assert.Equal("malformed", second.Rows[^1].Kind);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1_000_000)]
    [InlineData(long.MaxValue)]
    public void A_position_that_was_never_handed_out_gives_an_empty_page(long position)
    {
        using var source = new Source([Good, "bad one", "bad two"]);
        using var version = source.Version();

        Assert.Empty(version.Rejected(position, 10).Rows);
    }
}
