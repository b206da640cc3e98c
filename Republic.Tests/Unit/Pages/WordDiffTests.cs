using Republic.Web.Pages.Shared;

namespace Republic.Tests.Unit.Pages;

public sealed class WordDiffTests
{
    [Fact]
    public void The_words_that_only_one_text_has_are_marked()
    {
        var diff = WordDiff.Of("How do I reset my old password today?", "How do I reset my password again today?");

        Assert.Equal(["old"], Marked(diff.Left));
        Assert.Equal(["again"], Marked(diff.Right));
    }

    [Fact]
    public void Equal_texts_have_no_marks_and_empty_ones_no_parts()
    {
        Assert.Empty(Marked(WordDiff.Of("the same words", "the same words").Left));
        Assert.Empty(WordDiff.Of("", "").Left);
        Assert.Equal(["all of it"], Marked(WordDiff.Of("", "all of it").Right));
    }

    [Fact]
    public void Texts_too_long_to_compare_word_by_word_are_marked_between_what_they_begin_and_end_with()
    {
        var left = "begin " + string.Join(' ', Enumerable.Range(0, 3000)) + " end";
        var right = "begin " + string.Join(' ', Enumerable.Range(5000, 3000)) + " end";

        var diff = WordDiff.Of(left, right);

        Assert.Equal(3, diff.Left.Count);
        Assert.Equal(["begin ", " end"], diff.Right.Where(part => !part.Differs).Select(part => part.Text));
    }

    [Fact]
    public void Nothing_is_lost_and_what_is_not_marked_is_the_same_in_both()
    {
        string[] words = ["one", "two ", " ", "\n", "🙂 "];
        string[] texts = [.. from a in words from b in words from c in words select a + b + c];
        foreach (var (left, right) in texts.SelectMany(left => texts.Select(right => (left, right))))
        {
            var diff = WordDiff.Of(left, right);

            Assert.Equal(left, string.Concat(diff.Left.Select(part => part.Text)));
            Assert.Equal(right, string.Concat(diff.Right.Select(part => part.Text)));
            Assert.Equal(Unmarked(diff.Left), Unmarked(diff.Right));
        }
    }

    private static string[] Marked(IEnumerable<DiffPart> parts) => [.. parts.Where(part => part.Differs).Select(part => part.Text)];

    private static string[] Unmarked(IEnumerable<DiffPart> parts) =>
        string.Concat(parts.Where(part => !part.Differs).Select(part => part.Text))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
