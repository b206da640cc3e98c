using System.Text;
using Republic.Core.Knowledge.Ingest;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Knowledge;

/// <summary>What each format says, as text and as blocks.</summary>
public sealed class ReadingTests
{
    [Fact]
    public async Task Text_is_its_paragraphs() =>
        await AssertBlocksAsync(
            "notes.txt",
            "One line\nand its second.\r\n\r\n  \nAnother.",
            "Paragraph One line\nand its second.",
            "Paragraph Another."
        );

    [Fact]
    public async Task Markdown_is_headings_lists_code_and_paragraphs() =>
        await AssertBlocksAsync(
            "guide.md",
            "# The `guide` #\nSome *words*.\n\nUnder\n-----\n- one\n\n- two\n  more\n\n```sh\n# no heading\n\nrun\n```\n| a | b |\n|---|---|\n",
            "Heading1 The guide",
            "Paragraph Some *words*.",
            "Heading2 Under",
            "List - one\n- two\n  more",
            "Code ```sh\n# no heading\n\nrun\n```",
            "Paragraph | a | b |\n|---|---|"
        );

    [Fact]
    public async Task A_page_is_what_people_read_of_it() =>
        await AssertBlocksAsync(
            "page.html",
            """
            <!doctype html><html><head><title>Shop</title><style>p{}</style><script>if (a < b) alert("</p>")</script></head>
            <body><nav><a href="/">Home</a><nav>deep</nav></nav>
            <h2>Retu&shy;rns &amp; fees</h2><p>Within <b>30</b>&nbsp;days<br>of the day. <!-- never --><div>Then not.</div>
            <ul><li>the box<ul><li>and <i>the lid</i></li></ul></li><li>the bill</li></ul>
            <table><tr><th>Day<th>Fee</tr><tr><td>1</td><td>0</td></tr></table>
            <pre>  a &lt; b
              c</pre></body></html>
            """,
            "Heading1 Shop",
            "Heading2 Retu\u00ADrns & fees",
            "Paragraph Within 30 days\nof the day.",
            "Paragraph Then not.",
            "List - the box\n  - and the lid\n- the bill",
            "Row Day | Fee",
            "Row 1 | 0",
            "Code   a < b\n  c"
        );

    [Theory]
    [InlineData("<div hidden>no<div>no</div>no</div>")]
    [InlineData("<div style=\"color: red; DISPLAY : none\">no<!-- </div> -->no</div>")]
    [InlineData("<section style='visibility:hidden'>no<script>'</section>'</script>no</section>")]
    [InlineData("<p aria-hidden=true>no")]
    [InlineData("<span aria-hidden=\"true\">no <s>no</s></span>")]
    [InlineData("<div style=\"display&#58;none\"><p>no</p></div>")]
    [InlineData("<div style=\"display:/**/none\">no</div>")]
    [InlineData("<div style=\"d\\69splay/* : */:\\6e one\">no</div>")]
    [InlineData("<div style=\"\\00064 is\\play:none\">no</div>")]
    [InlineData("<template/>no</template>")]
    [InlineData("<template>no<!-- </template> --><template>no</template><script>'</template>'</script>no</template>")]
    [InlineData("<script/>no</scripts>no</script>")]
    [InlineData("<style/>no</style>")]
    [InlineData("<svg><svg/>no</svg>")]
    [InlineData("<svg><title>no</title></svg>")]
    [InlineData("<!-- <title>no</title> -->")]
    [InlineData("<div hidden><title>no</div></title>no</div>")]
    [InlineData("<script>'<title>no</title>'</script>")]
    [InlineData("<canvas>no</canvas>")]
    [InlineData("<video controls><source src=a><p>no</p></video>")]
    [InlineData("<audio>no</audio>")]
    [InlineData("<datalist id=a><option>no</datalist>")]
    [InlineData("<noframes>no<noframes>no</noframes>")]
    [InlineData("<noembed>no</noembed>")]
    public async Task What_a_page_hides_is_left_out(string hidden) =>
        await AssertBlocksAsync("page.html", $"<html><body><p>Before.</p>{hidden}<p>Behind.</p>", "Paragraph Before.", "Paragraph Behind.");

    [Theory]
    [InlineData("<div title=\"hidden\" aria-hidden=\"false\" style=\"display:block\">Shown.</div>")]
    [InlineData("<input hidden>Shown.")]
    [InlineData("<div data-hidden>Shown.</div>")]
    [InlineData("<svg/>Shown.")]
    [InlineData("<math />Shown.")]
    [InlineData("<div style=\"/* display:none */\">Shown.</div>")]
    [InlineData("<div style=\"color:\\\">Shown.</div>")]
    public async Task What_a_page_shows_is_read(string shown) =>
        await AssertBlocksAsync(
            "page.html",
            $"<html><body><p>Before.</p>{shown}<p>Behind.</p>",
            "Paragraph Before.",
            "Paragraph Shown.",
            "Paragraph Behind."
        );

    [Fact]
    public async Task What_is_hidden_within_a_line_does_not_part_it_and_without_an_end_hides_the_rest() =>
        await AssertBlocksAsync(
            "page.html",
            "<html><body><p>Press <i aria-hidden=\"true\">icon</i>Save.</p><div hidden>never<p>closed",
            "Paragraph Press Save."
        );

    [Theory]
    [InlineData("<script>never closed <p>here")]
    [InlineData("<style>never closed <p>here")]
    [InlineData("<template>never<p><template>closed</template>here")]
    public async Task A_script_without_an_end_hides_the_rest(string hidden) =>
        await AssertBlocksAsync("page.html", $"<html><body><p>Before.</p>{hidden}", "Paragraph Before.");

    [Fact]
    public async Task The_head_of_a_page_does_not_end_with_a_header() =>
        await AssertBlocksAsync(
            "page.html",
            "<html><head><meta name=a></head><body><header>Above.</header><p>Below.</p>",
            "Paragraph Above.",
            "Paragraph Below."
        );

    [Theory]
    [InlineData("<title>A &amp; <b>\n B</title><title>no</title>", "Heading1 A & <b> B")]
    [InlineData("<title>never closed", "Paragraph never closed")]
    [InlineData("<svg><title>no</title></svg><title lang=en>Shop</title >", "Heading1 Shop")]
    public async Task The_first_title_of_a_page_is_its_heading(string head, string heading) =>
        await AssertBlocksAsync("page.html", $"<html><head>{head}</head><body><p>Below.</p>", heading, "Paragraph Below.");

    [Fact]
    public async Task A_title_is_not_read_where_a_page_has_a_heading_of_the_first_level() =>
        await AssertBlocksAsync("page.html", "<title>no</title><h1>Shop</h1>", "Heading1 Shop");

    [Fact]
    public async Task A_row_of_csv_says_what_its_values_are() =>
        await AssertBlocksAsync(
            "prices.csv",
            "article;price\r\n\"Lamp; large\";\"12\"\"\"\r\n;7\r\nshade \"x\";8\r\n",
            "Row article: Lamp; large\nprice: 12\"",
            "Row price: 7",
            "Row article: shade \"x\"\nprice: 8"
        );

    [Fact]
    public async Task Json_is_a_block_for_each_object_of_a_list() =>
        await AssertBlocksAsync(
            "shop.json",
            """{"name": "Shop", "open": {"from": 9}, "days": ["Mo", "Tu"], "articles": [{"id": 1, "note": null}, {"id": 2}]}""",
            "Row name: Shop\nopen.from: 9\ndays: Mo, Tu",
            "Heading2 articles",
            "Row id: 1",
            "Row id: 2"
        );

    [Fact]
    public async Task Json_lines_are_a_block_each() =>
        await AssertBlocksAsync("rows.jsonl", "{\"q\": \"Why?\"}\n\n{\"q\": \"Who?\"}\n", "Row q: Why?", "Row q: Who?");

    [Fact]
    public async Task A_word_document_is_its_headings_paragraphs_lists_and_rows()
    {
        var read = await DocumentBytes.ReadAsync("returns.docx", KnowledgeFiles.Docx());

        Assert.True(read.Ok, read.Failure?.Message);
        Assert.Equal(
            [
                "Heading1 Returns",
                "Paragraph You can send it back.",
                "List - Keep the box",
                "Row Days | 30",
                "Heading2 Fees",
                "Paragraph None.",
            ],
            DocumentBytes.Blocks(read.Value)
        );
    }

    [Fact]
    public async Task What_a_word_document_hides_or_moved_away_is_left_out()
    {
        var document = KnowledgeFiles.Docx(
            """
            <w:p><w:pPr><w:rPr><w:vanish/><w:moveFrom w:id="1"/></w:rPr></w:pPr><w:r><w:t>Shown.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r></w:p>
            <w:p><w:moveFrom w:id="2"><w:r><w:t>Moved.</w:t><w:tab/></w:r></w:moveFrom></w:p>
            <w:p><w:r/><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t xml:space="preserve">Shown </w:t></w:r><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>too.</w:t></w:r></w:p>
            <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent></w:r></w:p>
            <w:p><w:moveTo w:id="3"><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p>
            """
        );

        var read = await DocumentBytes.ReadAsync("hidden.docx", document);

        Assert.True(read.Ok, read.Failure?.Message);
        Assert.Equal(["Paragraph Shown.", "Paragraph Shown too.", "Paragraph Moved."], DocumentBytes.Blocks(read.Value));
    }

    [Fact]
    public async Task A_pdf_says_on_which_page_something_stands()
    {
        var read = await DocumentBytes.ReadAsync("manual.bin", KnowledgeFiles.Pdf("The lamp is switched on.", "The lamp is switched off."));

        Assert.True(read.Ok, read.Failure?.Message);
        Assert.Equal(2, read.Value.Pages);
        Assert.Equal([1, 2], read.Value.Blocks.Select(block => block.Page!.Value));
        Assert.Equal(["Paragraph The lamp is switched on.", "Paragraph The lamp is switched off."], DocumentBytes.Blocks(read.Value));
    }

    [Fact]
    public async Task Without_the_program_that_reads_pdf_it_says_which_one_is_missing()
    {
        var read = await DocumentBytes.ReadAsync("a.pdf", KnowledgeFiles.Pdf("Text."), new IngestOptions { PdfToText = "no-such-program" });

        Assert.Contains("poppler-utils", read.Failure?.Message);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("iso-8859-1")]
    public async Task Text_of_any_usual_encoding_is_read_as_it_was_written(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        const string text = "Größe und Weite: façade, naïve, Ålesund.";

        var marked = await DocumentBytes.ReadAsync("a.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        Assert.Equal(text, marked.Value?.Text);
    }

    [Fact]
    public async Task Utf16_is_known_without_a_mark()
    {
        var read = await DocumentBytes.ReadAsync("a.txt", Encoding.Unicode.GetBytes("Plain words without a mark."));

        Assert.Equal("Plain words without a mark.", read.Value?.Text);
    }

    [Fact]
    public async Task A_page_is_read_in_the_encoding_that_it_names()
    {
        var page = Encoding
            .GetEncoding(28591)
            .GetBytes("<html><meta charset=\"windows-1251\"><p>")
            .Concat<byte>([0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2]);

        var read = await DocumentBytes.ReadAsync("a.html", [.. page]);

        Assert.Equal("Привет", read.Value?.Text);
    }

    [Fact]
    public async Task One_broken_byte_does_not_make_another_encoding_of_a_text()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("größer und später "), 0xFF, .. Encoding.UTF8.GetBytes(" übrig")];

        var read = await DocumentBytes.ReadAsync("a.txt", bytes);

        Assert.Equal("größer und später \uFFFD übrig", read.Value?.Text);
    }

    [Theory]
    [InlineData("english", "The lamp is on the table and it can be switched off by the people who live there.")]
    [InlineData("german", "Die Lampe steht auf dem Tisch und wird von den Leuten ausgeschaltet, die dort wohnen.")]
    [InlineData("french", "La lampe est sur la table et elle peut être éteinte par les gens qui habitent dans la maison.")]
    [InlineData("spanish", "La lámpara está en la mesa y la pueden apagar los que viven en la casa con su familia.")]
    [InlineData("russian", "Лампа стоит на столе, и её может выключить любой, кто там живёт, но не я.")]
    [InlineData("simple", "0x4F: alpha(beta, gamma) += 12 kHz;")]
    public async Task The_language_is_found_by_little_words(string language, string text) =>
        Assert.Equal(language, (await DocumentBytes.ReadAsync("a.txt", text)).Value?.Language);

    private static async Task AssertBlocksAsync(string name, string text, params string[] blocks)
    {
        var read = await DocumentBytes.ReadAsync(name, text);

        Assert.True(read.Ok, read.Failure?.Message);
        Assert.Equal(blocks, DocumentBytes.Blocks(read.Value));
    }
}
