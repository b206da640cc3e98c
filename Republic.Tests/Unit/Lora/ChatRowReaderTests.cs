using System.Text;
using Republic.Core.Lora.Rows;

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
        Assert.Equal(new RowProblem(1, "it is not UTF-8"), Assert.Single(problems));
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

    private (IReadOnlyList<ChatRow> Rows, List<RowProblem> Problems) Read(byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, "rows.jsonl");
        File.WriteAllBytes(path, bytes);
        var problems = new List<RowProblem>();
        using var reader = ChatRowReader.Open(path);
        return (ChatRowReader.Read(reader, problems), problems);
    }
}
