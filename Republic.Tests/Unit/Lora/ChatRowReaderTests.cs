using System.Text;
using Republic.Core.Lora;
using Republic.Core.Lora.Rows;
using Republic.Tests.Unit.Datasets;

namespace Republic.Tests.Unit.Lora;

public sealed class ChatRowReaderTests : IDisposable
{
    private const string Good = """{"prompt":"a","completion":"b"}""";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{"prompt":"a","completion":"x \ud800 y"}""")]
    [InlineData("""{"messages":[{"role":"user\udc00","content":"a"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"\ud800"}]}]}""")]
    public void Half_a_character_makes_a_bad_row_and_not_a_bad_run(string row)
    {
        var (rows, problems) = Read(Encoding.UTF8.GetBytes(row + "\n" + Good));

        Assert.Equal(2, Assert.Single(rows).Line);
        Assert.Equal(
            new RowProblem(1, @"it holds half of a character: escapes from \ud800 to \udfff come in pairs"),
            Assert.Single(problems)
        );
    }

    [Fact]
    public void A_key_that_is_half_a_character_harms_nothing()
    {
        var (rows, problems) = Read(Encoding.UTF8.GetBytes("""{"\ud800":1,"question\ud800":2}""" + "\n" + Good));

        Assert.Equal(2, Assert.Single(rows).Line);
        Assert.Equal(1, Assert.Single(problems).Line);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_that_are_no_UTF8_make_a_bad_row(bool marked)
    {
        byte[] latin = Encoding.Latin1.GetBytes("{\"prompt\":\"a\",\"completion\":\"caf\u00e9\"}\n" + Good);

        var (rows, problems) = Read(marked ? [0xEF, 0xBB, 0xBF, .. latin] : latin);

        Assert.Equal(2, Assert.Single(rows).Line);
        Assert.Equal(new RowProblem(1, "it is not UTF-8 (Latin-1 or Windows-1252, perhaps)"), Assert.Single(problems));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Text_is_read_as_its_mark_says_and_may_hold_a_replacement_character(string encoding)
    {
        var text = Encoding.GetEncoding(encoding);

        var (rows, problems) = Read([.. text.Preamble, .. text.GetBytes("""{"prompt":"é","completion":"� 😀"}""")]);

        Assert.Empty(problems);
        Assert.Equal(["é", "\uFFFD 😀"], Assert.Single(rows).Lines.Select(line => line.Content));
    }

    [Theory]
    [InlineData("""{"conversations":[{"from":"human","value":"Where is the moon?"},{"from":"gpt","value":" Above the sea. "}]}""")]
    [InlineData("""[{"instruction":"Where is the moon?","output":"Above the sea."}]""")]
    [InlineData("question;answer\nWhere is the moon?;\"Above the sea.\"\n")]
    public void What_may_be_uploaded_may_be_trained_on(string file)
    {
        var (rows, problems) = Read(Encoding.UTF8.GetBytes(file));

        Assert.Empty(problems);
        Assert.Equal(
            [("user", "Where is the moon?"), ("assistant", "Above the sea.")],
            Assert.Single(rows).Lines.Select(line => (line.Role, line.Content))
        );
    }

    [Fact]
    public void Rows_are_refused_for_the_reasons_that_an_upload_gives()
    {
        string[] lines =
        [
            """{"prompt":"Where is the moon?","completion":"Above the sea."}""",
            """{"prompt":"","completion":"Nobody asked."}""",
            """{"prompt":"a","prompt":"b","completion":"c"}""",
            """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":" "}]}""",
            "{",
            """{"text":"a"}""",
        ];
        using var upload = new Source(string.Join('\n', lines));
        using var version = upload.Version();

        var (rows, problems) = Read(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        Assert.Equal(version.Result.Counts.Samples, rows.Count);
        Assert.Equal(version.Result.Errors.Select(error => (error.Line, error.Reason)), problems.Select(p => (p.Line, p.Reason)));
        Assert.Equal(5, problems.Count);
    }

    [Fact]
    public void A_file_that_is_refused_as_an_upload_is_refused_with_its_name_and_one_without_a_byte_has_no_rows()
    {
        var refusal = Assert.Throws<LoraException>(() => Read([0x1F, 0x8B, 8, 0, 0, 0]));

        Assert.StartsWith($"{Path.Combine(folder.FullName, "rows.jsonl")} cannot be read. This is a gzip archive.", refusal.Message);
        Assert.Empty(Read([]).Rows);
    }

    private (IReadOnlyList<ChatRow> Rows, List<RowProblem> Problems) Read(byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, "rows.jsonl");
        File.WriteAllBytes(path, bytes);
        var problems = new List<RowProblem>();
        return (ChatRowReader.Read(path, problems), problems);
    }
}
