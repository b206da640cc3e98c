using FsCheck;
using FsCheck.Fluent;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Cutting;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Knowledge.Reading;

namespace Republic.Tests.Unit.Knowledge;

public sealed class CuttingTests
{
    private static readonly string[] Words =
    [
        "lamp",
        "table",
        "a",
        "Größe",
        "𝄞𝄞",
        "e\u0301",
        "x.",
        "End! ",
        "no\nline",
        "…)",
        "  ",
        "。",
        "1,204",
        new('y', 90),
    ];

    [Fact]
    public void A_heading_begins_anew_and_stands_above_its_passages()
    {
        var pieces = Cut("# A\n\nOne.\n\n## B\n\nTwo.\n\n# C\n\nThree.\n\n## D");

        Assert.Equal(
            [("A", "One."), ("A › B", "Two."), ("C", "Three."), ("C › D", "D")],
            pieces.Select(piece => (piece.Heading!, piece.Text))
        );
    }

    [Fact]
    public void Paragraphs_that_fit_together_are_one_passage_and_one_that_fits_is_never_cut()
    {
        var (a, b, c) = (Sentence(90), Sentence(90), Sentence(150));

        var pieces = Cut($"{a}\n\n{b}\n\n{c}", new CuttingSettings(200, 0));

        Assert.Equal([$"{a}\n\n{b}", c], pieces.Select(piece => piece.Text));
    }

    [Fact]
    public void What_is_too_long_is_cut_between_sentences_and_repeats_whole_ones()
    {
        var (a, b, c, d) = (Sentence(120, 'a'), Sentence(60, 'b'), Sentence(120, 'c'), Sentence(100, 'd'));

        var pieces = Cut($"{a} {b} {c} {d}", new CuttingSettings(200, 100));

        Assert.Equal([$"{a} {b}", $"{b} {c}", d], pieces.Select(piece => piece.Text));
    }

    [Fact]
    public void A_new_page_begins_anew_and_repeats_nothing_of_the_page_before()
    {
        var into = new BlockWriter(new IngestOptions());
        into.Add(BlockKind.Paragraph, "One.", page: 1);
        into.Add(BlockKind.Paragraph, "Two.", page: 2);
        into.Add(BlockKind.Paragraph, "Still two.", page: 2);
        into.Add(BlockKind.Paragraph, "Three.", page: 3);
        var document = into.ToDocument(3);

        var pieces = PassageCutter.Cut(document, new CuttingSettings(200, 100));

        Assert.Equal(
            [(1, "One."), (2, "Two.\n\nStill two."), (3, "Three.")],
            pieces.Select(piece => (piece.Page!.Value, piece.TextIn(document.Text)))
        );
    }

    [Fact]
    public void Code_is_cut_between_lines_and_keeps_its_indents()
    {
        var line = "    " + new string('z', 60);

        var pieces = Cut($"```\n{string.Join('\n', Enumerable.Repeat(line, 10))}\n```", new CuttingSettings(200, 0));

        Assert.True(pieces.Count > 3);
        Assert.All(
            pieces.Skip(1).SkipLast(1),
            piece => Assert.Equal(piece.Text, string.Join('\n', piece.Text.Split('\n').Select(_ => line)))
        );
    }

    [Fact]
    public void Whatever_the_text_every_sign_of_it_is_in_one_passage_or_heading_and_none_is_too_long_or_spans_pages()
    {
        var block = Gen.Elements(Words).ListOf().Select(words => string.Join(' ', words));
        var text = Gen.Elements("", "# ", "## ", "- ", "```\n", "| ").SelectMany(mark => block.Select(body => mark + body)).ListOf();
        Prop.ForAll(
                text.Select(blocks => string.Join("\n\n", blocks)).ToArbitrary(),
                Gen.Choose(200, 400)
                    .SelectMany(length => Gen.Choose(0, length / 2).Select(overlap => new CuttingSettings(length, overlap)))
                    .ToArbitrary(),
                IsWhole
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(60));
    }

    private static bool IsWhole(string markdown, CuttingSettings settings)
    {
        var read = Read(markdown);
        var document = read with { Blocks = [.. read.Blocks.Select((block, at) => block with { Page = (at / 3) + 1 })] };
        var pieces = PassageCutter.Cut(document, settings);
        var covered = new int[document.Text.Length];
        foreach (var piece in pieces)
        {
            for (var at = piece.Start; at < piece.Start + piece.Length; at++)
            {
                covered[at]++;
            }
        }

        foreach (var heading in document.Blocks.Where(block => block.Kind == BlockKind.Heading))
        {
            // One with nothing below it is a passage of its own.
            for (var at = heading.Start; at < heading.End; at++)
            {
                covered[at] = 1;
            }
        }

        return covered.Select((times, at) => times == 1 || char.IsWhiteSpace(document.Text[at])).All(isOnce => isOnce)
            && pieces.All(piece =>
                piece.Length <= settings.Length
                && piece.Overlap <= settings.Overlap
                && piece.TextIn(document.Text).EndsWith(document.Text.Substring(piece.Start, piece.Length), StringComparison.Ordinal)
                && !IsHalf(piece.TextIn(document.Text))
                && IsOfOnePage(piece, document)
            );
    }

    private static bool IsOfOnePage(PassagePiece piece, ReadDocument document) =>
        document
            .Blocks.Where(block => block.Start < piece.Start + piece.Length && block.End > piece.Start - piece.Overlap)
            .All(block => block.Page == piece.Page);

    private static bool IsHalf(string text) => char.IsLowSurrogate(text[0]) || char.IsHighSurrogate(text[^1]);

    private static List<(string? Heading, string Text)> Cut(string markdown, CuttingSettings? settings = null)
    {
        var document = Read(markdown);
        return
        [
            .. PassageCutter.Cut(document, settings ?? new CuttingSettings()).Select(piece => (piece.Heading, piece.TextIn(document.Text))),
        ];
    }

    private static ReadDocument Read(string markdown)
    {
        var into = new BlockWriter(new IngestOptions());
        MarkdownReader.Read(markdown, into);
        return into.ToDocument();
    }

    private static string Sentence(int length, char letter = 'x') => new string(letter, length - 1) + ".";
}
