using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Knowledge.Reading;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Knowledge;

/// <summary>Whatever a document holds, it is read in proportion to its size or refused with a reason.</summary>
public sealed class HostileReadingTests
{
    private static readonly string[] Pieces =
    [
        "<p>",
        "</p>",
        "<nav>",
        "</nav>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<li",
        " a=\"",
        "'",
        ">",
        "<table><tr><td>",
        "&#0;",
        "&amp",
        "# ",
        "```\n",
        "- ",
        "\n",
        "\n\n",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "\\ud800",
        ":",
        ",",
        "1e999",
        "a;b\n",
        "\"\"",
        "\0",
        "\uFEFF",
        "é𝄞",
        "word",
        "\f",
    ];

    [Theory]
    [InlineData("any.txt")]
    [InlineData("any.md")]
    [InlineData("any.html")]
    [InlineData("any.csv")]
    [InlineData("any.json")]
    public void Pieces_in_any_order_are_read_or_refused(string name) =>
        Prop.ForAll(
                Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary(),
                text => IsReadOrRefusedAsync(name, Encoding.UTF8.GetBytes(text))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(120));

    [Theory]
    [InlineData("any.txt")]
    [InlineData("any.docx")]
    [InlineData("any.pdf")]
    public void Random_bytes_are_read_or_refused(string name) =>
        Prop.ForAll(
                Gen.Choose(0, 255).Select(value => (byte)value).ListOf().Select(bytes => bytes.ToArray()).ToArbitrary(),
                bytes => IsReadOrRefusedAsync(name, bytes)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithEndSize(200));

    [Fact]
    public async Task Broken_word_documents_are_read_or_refused()
    {
        var whole = KnowledgeFiles.Docx();
        for (var seed = 0; seed < 300; seed++)
        {
            var bytes = (byte[])whole.Clone();
            for (var at = 0; at < 3; at++)
            {
                bytes[(seed * 7919 + at * 104729) % bytes.Length] = (byte)(seed * 31 + at * 17);
            }

            Assert.True(
                await IsReadOrRefusedAsync("any.docx", bytes[..(seed % 4 == 0 ? bytes.Length - seed % bytes.Length : bytes.Length)]),
                $"{seed}"
            );
        }
    }

    [Theory]
    [InlineData("deep.html", "<div>", 1_000_000, null)]
    [InlineData("deep.html", "<b><i>", 1_000_000, null)]
    [InlineData("deep.html", "<nav>", 1_000_000, null)]
    [InlineData("open.html", "<p a=\"", 500_000, null)]
    [InlineData("open.html", "<!--", 1_000_000, null)]
    [InlineData("open.html", "<script>", 500_000, null)]
    [InlineData("deep.json", "[", 1_000_000, "deeper than 64 levels")]
    [InlineData("deep.json", "{\"a\":", 1_000_000, "deeper than 64 levels")]
    [InlineData("wide.csv", "column,", 1_000_000, "columns")]
    [InlineData("marks.md", "# ", 1_000_000, null)]
    [InlineData("fences.md", "```\n", 1_000_000, "400,000 paragraphs")]
    [InlineData("quotes.csv", "\"", 1_000_000, "no text")]
    public async Task What_has_no_end_is_read_or_refused(string name, string piece, int times, string? reason)
    {
        var bytes = Encoding.UTF8.GetBytes("Some words first. " + string.Concat(Enumerable.Repeat(piece, times)));
        bytes = reason is null ? bytes : bytes["Some words first. ".Length..];

        var read = await DocumentBytes.ReadAsync(name, bytes);

        Assert.Equal(reason is null, read.Ok);
        Assert.Contains(reason ?? "", read.Failure?.Message ?? "");
    }

    [Fact]
    public async Task Rows_of_a_table_of_which_none_is_closed_are_read_in_proportion_to_their_size()
    {
        var rows = string.Concat(Enumerable.Repeat("a\",\"\n", 300_000));

        var read = await DocumentBytes.ReadAsync("open.csv", $"one,two\n{rows}three,4\n");

        Assert.Equal("Row one: three\ntwo: 4", DocumentBytes.Blocks(read.Value!).Last());
    }

    [Fact]
    public async Task Cells_without_text_are_read_in_proportion_to_their_size()
    {
        var cells = string.Concat(Enumerable.Repeat("<td> ", 1_000_000));

        var read = await DocumentBytes.ReadAsync("blank.html", $"<table><tr>{cells}<td>last<td>of all");

        Assert.Equal(["Row last | of all"], DocumentBytes.Blocks(read.Value!));
    }

    [Fact]
    public void Reading_a_page_ends_when_it_is_cancelled() =>
        Assert.Throws<OperationCanceledException>(() =>
            HtmlReader.Read("<p>Some words.", new BlockWriter(new IngestOptions()), new CancellationToken(canceled: true))
        );

    [Fact]
    public async Task Entities_of_xml_are_not_followed()
    {
        const string bomb =
            "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
        var document = KnowledgeFiles.Zip(
            ("word/document.xml", $"{bomb}<w:document xmlns:w=\"w\"><w:p><w:r><w:t>&b;&x;</w:t></w:r></w:p></w:document>")
        );

        var read = await DocumentBytes.ReadAsync("bomb.docx", document);

        Assert.Contains("broken", read.Failure?.Message);
    }

    [Theory]
    [InlineData("<w:p>", "nested deeper")]
    [InlineData("<mc:Fallback xmlns:mc=\"m\">", "nested deeper")]
    public async Task Word_documents_are_not_nested_without_end(string element, string reason)
    {
        var read = await DocumentBytes.ReadAsync("deep.docx", KnowledgeFiles.Docx(string.Concat(Enumerable.Repeat(element, 100_000))));

        Assert.Contains(reason, read.Failure?.Message);
    }

    [Fact]
    public async Task Nothing_in_a_word_document_is_longer_than_real_ones()
    {
        var read = await DocumentBytes.ReadAsync("long.docx", KnowledgeFiles.Docx($"<w:p w:a=\"{new string('x', 3 << 20)}\"/>"));

        Assert.Contains("longer than in any real document", read.Failure?.Message);
    }

    [Fact]
    public async Task A_text_beyond_the_limit_is_refused_before_it_is_read()
    {
        var limits = new IngestOptions { MaxTextBytes = 1000, MaxCharacters = 500 };

        var large = await DocumentBytes.ReadAsync("large.txt", new string('x', 1001), limits);
        var long_ = await DocumentBytes.ReadAsync("long.txt", new string('x', 900), limits);

        Assert.Contains("1000 bytes", large.Failure?.Message);
        Assert.Contains("500 characters", long_.Failure?.Message);
    }

    [Fact]
    public async Task What_nothing_could_keep_is_left_out()
    {
        var read = await DocumentBytes.ReadAsync("odd.json", """[{"a": "x\u0000y", "b": "\ud800", "c": "\u001b[1m"}]""");

        Assert.Equal("a: xy\nb: \\ud800\nc: [1m", read.Value?.Text);
    }

    [Fact]
    public async Task Spaces_between_what_nothing_could_keep_are_no_passage()
    {
        var read = await DocumentBytes.ReadAsync("marks.html", "<p>word</p><p>\uFEFF \uFEFF</p>");

        Assert.Single(read.Value!.Blocks);
    }

    [Theory]
    [InlineData("letter.txt", new byte[] { 0x50, 0x4B, 3, 4 }, "archive")]
    [InlineData("letter.md", new byte[] { 0x1F, 0x8B, 8, 0 }, "gzip")]
    [InlineData("letter.doc", new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }, "old Office")]
    [InlineData("letter.txt", new byte[] { 0x89, 0x50, 0x4E, 0x47 }, "picture")]
    [InlineData("letter.txt", new byte[] { 1, 2, 3, 4, 5, 6 }, "no text")]
    [InlineData("letter.pdf", new byte[] { 0x48, 0x69 }, "called .pdf")]
    [InlineData("letter.docx", new byte[] { 0x48, 0x69 }, "called .docx")]
    public async Task What_a_file_is_says_its_content(string name, byte[] bytes, string reason) =>
        Assert.Contains(reason, (await DocumentBytes.ReadAsync(name, bytes)).Failure?.Message);

    /// <summary>Read, every block of it stands where it says.</summary>
    private static async Task<bool> IsReadOrRefusedAsync(string name, byte[] bytes)
    {
        var read = await DocumentBytes.ReadAsync(name, bytes);
        return read.Ok
            ? read.Value.Blocks.Zip(read.Value.Blocks.Skip(1)).All(pair => pair.First.End < pair.Second.Start)
                && read.Value.Blocks.All(block => !string.IsNullOrWhiteSpace(read.Value.Text.Substring(block.Start, block.Length)))
                && !read.Value.Text.Contains('\0')
                && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(read.Value.Text)) == read.Value.Text
            : read.Failure.Message.Length > 10;
    }
}
