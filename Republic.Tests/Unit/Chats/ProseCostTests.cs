using System.Globalization;
using System.Text;
using Republic.Core.Chats.Prose;

namespace Republic.Tests.Unit.Chats;

/// <summary>
/// What would keep the parser busy for seconds is shown as it was written, and nothing else is. That it is not parsed is the bound on the
/// work: no clock is asked.
/// </summary>
public sealed class ProseCostTests
{
    private const string AsWritten = "<p class=\"as-written\">";

    private static readonly Citations OneSource = new(Guid.Empty, 1);

    /// <summary>As many as a comment of 20,000 characters may hold, or an answer where that is what it takes.</summary>
    public static TheoryData<string, int> Traps() =>
        new()
        {
            { "[", 20_000 },
            { "[a\n", 6_666 },
            { @"[\]", 6_666 },
            { "[`]` ", 5_000 },
            { "![](", 5_000 },
            { "[a](b", 8_000 },
            { "[a](b \"", 8_000 },
            { "*a_ ", 5_000 },
            { "**a ", 10_000 },
            { "a**b c* ", 5_000 },
            { "*a **b ", 5_000 },
            { "~~a ", 10_000 },
            { "*a\n_b\n", 5_000 },
            { "<a:b", 8_000 },
            { "$a ", 25_000 },
            { "www.a.b ", 12_500 },
            { "(www.a_b", 12_500 },
            { "http://a.b ", 9_000 },
            { "tel:1 ", 15_000 },
            { "[a]: b\n", 28_000 },
            // Not for what it costs, but for the stack.
            { "From [0, 1) to\n", 200 },
        };

    [Theory]
    [MemberData(nameof(Traps))]
    public void A_paragraph_that_would_keep_the_parser_busy_is_shown_as_it_was_written_and_only_that_one(string piece, int many)
    {
        var html = ProseHtml.Render($"It is **so** [1]\n\n{Repeated(piece, many)}\n\nand **so** [1]", OneSource);

        Assert.Equal(1, Count(html, AsWritten));
        Assert.Equal(2, Count(html, "<strong>so</strong>"));
        Assert.Equal(2, Count(html, "class=\"cite\""));
    }

    [Fact]
    public void Each_row_of_a_table_costs_as_many_cells_as_the_widest_has()
    {
        var wide = $"|a|\n|-|\n{new string('|', 2_000)}\n{Repeated("|a\n", 2_000)}";
        var large = $"|a|b|c|d|\n|-|-|-|-|\n{Repeated("| **1** | 2 | `3` | [4](https://example.org) |\n", 300)}";

        Assert.StartsWith(AsWritten, ProseHtml.Render(wide), StringComparison.Ordinal);
        Assert.Equal(1_200, Count(ProseHtml.Render(large), "<td"));
    }

    [Fact]
    public void Paragraphs_that_are_each_fine_are_not_so_without_end()
    {
        var html = ProseHtml.Render(Repeated($"{Repeated("*a_ ", 500)}\n\n", 90));

        Assert.StartsWith("<p>", html, StringComparison.Ordinal);
        Assert.EndsWith("</p>", html.TrimEnd(), StringComparison.Ordinal);
        Assert.InRange(Count(html, AsWritten), 75, 85);
    }

    /// <summary>What the link would reach over is one word, and read at each of its beginnings.</summary>
    [Theory]
    [InlineData("[a](b")]
    [InlineData("(www.a_b")]
    public void A_word_without_end_costs_its_length_at_each_link_in_it(string piece)
    {
        Assert.StartsWith(AsWritten, ProseHtml.Render(Repeated(piece, 500) + new string('x', 150_000)), StringComparison.Ordinal);
        Assert.DoesNotContain("as-written", ProseHtml.Render(Repeated(piece, 500) + new string(' ', 150_000)), StringComparison.Ordinal);
    }

    /// <summary>Where all above were read at each line, this would take half a minute.</summary>
    [Theory]
    [InlineData("> [a\n")]
    [InlineData("> [a]: b \"\n")]
    public void Lines_that_make_no_heading_are_words(string before) =>
        Assert.DoesNotContain("<h", ProseHtml.Render(before + Repeated("===\n", 40_000)), StringComparison.Ordinal);

    [Fact]
    public void Thousands_of_underlined_headings_are_headings_and_tens_of_thousands_are_not() =>
        Assert.InRange(Count(ProseHtml.Render(Repeated("a\n=\n", 50_000)), "<h3"), 5_000, 10_000);

    [Theory]
    [InlineData("> ", "<blockquote>")]
    [InlineData(">", "<blockquote>")]
    [InlineData("- ", "<ul>")]
    [InlineData("1. ", "<ol>")]
    [InlineData("> - ", "<ul>")]
    public void Quotes_and_lists_stand_in_each_other_only_so_deep(string marker, string element)
    {
        var html = ProseHtml.Render(Repeated(Repeated(marker, 5_000) + "**x**\n", 3));

        Assert.InRange(Count(html, element), 10, 200);
        Assert.Contains("<strong>x</strong>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("as-written", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_with_colours_in_a_fence_is_code_and_the_sources_beside_it_stay()
    {
        var log = new StringBuilder();
        for (var i = 0; i < 2_000; i++)
        {
            log.Append(CultureInfo.InvariantCulture, $"\e[31mERROR\e[0m [{i}, ) *open* >>> ");
            log.Append(i % 7 == 0 ? "\n" : "");
        }

        var text = $"It says so [1]:\n\n```text\n{log}\n```\n\nand so [1].";
        var html = ProseHtml.Render(text, OneSource);

        Assert.DoesNotContain("as-written", html, StringComparison.Ordinal);
        Assert.Equal(1, Count(html, "<pre"));
        Assert.Contains("[31mERROR[0m [1999, )", html, StringComparison.Ordinal);
        Assert.Equal([1], ProseHtml.Cited(text, 1));
    }

    [Theory]
    [InlineData("- [a](https://example.org) and [ ] b\n", 1_000)]
    [InlineData("From [0, 1) to\n\n", 1_000)]
    [InlineData("> - a\n", 1_000)]
    [InlineData("12 3.5 ", 1_000)]
    [InlineData("A **word** or `two`, with *more* said [1] of it. ", 300)]
    [InlineData("See https://example.org/a?b=c and www.example.org. ", 300)]
    [InlineData("It was **so** that `a_b` is _not_ [here](https://example.org), said [1]; and then it went on for a while.\n\n", 1_800)]
    [InlineData("1. **Name**: what it is, `code`, [more](https://example.org)\n   - and *again*\n", 1_500)]
    [InlineData("> > > - a **b**\n", 2_000)]
    public void Long_texts_that_somebody_means_are_formatted(string piece, int many)
    {
        var html = ProseHtml.Render(Repeated(piece, many), OneSource);

        Assert.DoesNotContain("as-written", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_shown_as_it_was_written_keeps_its_lines_and_is_escaped()
    {
        var html = ProseHtml.Render(Repeated("[a<b>\n", 3_000));

        Assert.StartsWith($"{AsWritten}[a&lt;b&gt;\n[a&lt;b&gt;\n", html, StringComparison.Ordinal);
    }

    private static string Repeated(string piece, int many) => string.Concat(Enumerable.Repeat(piece, many));

    private static int Count(string html, string part) => html.Split(part).Length - 1;
}
