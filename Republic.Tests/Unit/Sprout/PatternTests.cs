using Republic.Core;
using Republic.Sprout.Dialogues;

namespace Republic.Tests.Unit.Sprout;

/// <summary>The grammar of the corpus.</summary>
public sealed class PatternTests
{
    private static readonly WordLists Lists = new(new Dictionary<string, IReadOnlyList<string>> { ["fruit"] = ["plum", "pear"] });

    [Fact]
    public void One_alternative_is_taken_from_each_bracket_and_spaces_are_put_right()
    {
        var pattern = Pattern.Parse("(Please |)show (me (the |)list|it)( now|)?");

        var all = Enumerable.Range(0, 200).Select(seed => pattern.Expand(Words((ulong)seed))).ToHashSet();

        Assert.Equal(12, all.Count);
        Assert.Contains("show it?", all);
        Assert.Contains("Please show me the list now?", all);
    }

    [Fact]
    public void A_slot_keeps_its_word_and_a_number_asks_for_another()
    {
        var words = Words(3);

        var line = Pattern.Parse("{fruit} {fruit} {fruit}").Expand(words);
        var other = Pattern.Parse("{fruit}").Expand(words.With("fruit", "fig"));

        Assert.Single(line.Split(' ').Distinct());
        Assert.Equal("fig", other);
        Assert.Contains(Pattern.Parse("{fruit2}").Expand(words), Lists["fruit"]);
    }

    [Theory]
    [InlineData("How do I eat a PLUM", true)]
    [InlineData("how can I eat a pear?", true)]
    [InlineData("How might I eat a pear?", false)]
    [InlineData("How do I eat a pear now?", false)]
    public void It_is_known_whether_a_pattern_can_make_a_text(string text, bool expected)
    {
        var pattern = Pattern.Parse("How (do|can) I eat (a |){fruit}?");

        Assert.Equal(expected, pattern.Makes(text, slot => slot == "fruit" ? Lists["fruit"] : []));
    }

    [Theory]
    [InlineData("a (b|c")]
    [InlineData("a b)")]
    [InlineData("a {b")]
    public void A_bracket_left_open_is_an_error(string source) => Assert.Throws<FormatException>(() => Pattern.Parse(source));

    private static WordChoice Words(ulong seed) => new(new SeededRandom(seed), Lists);
}
