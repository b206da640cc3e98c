using Republic.Core.Scenarios;

namespace Republic.Tests.Unit.Scenarios;

public sealed class ScenarioRulesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("review", true)]
    [InlineData("line_12", true)]
    [InlineData("a__", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("_a", false)]
    [InlineData("1a", false)]
    [InlineData("Review", false)]
    [InlineData("a b", false)]
    [InlineData("a-b", false)]
    [InlineData("a.b", false)]
    [InlineData("é", false)]
    [InlineData("ａ", false)]
    [InlineData("a\n", false)]
    public void A_name_is_a_small_letter_and_small_letters_digits_and_underscores(string? name, bool isName) =>
        Assert.Equal(isName, ScenarioRules.IsName(name));

    [Fact]
    public void A_name_has_at_most_forty_characters()
    {
        Assert.True(ScenarioRules.IsName(new string('a', 40)));
        Assert.False(ScenarioRules.IsName(new string('a', 41)));
    }

    [Theory]
    [InlineData("Review the change", "review_the_change")]
    [InlineData("  12 Angry  Men! ", "angry_men")]
    [InlineData("Line 12", "line_12")]
    [InlineData("a--b..c", "a_b_c")]
    [InlineData("Prüfen, weiß Zoë", "prufen_weiss_zoe")]
    [InlineData("already_one", "already_one")]
    [InlineData("_x_", "x")]
    [InlineData("---", null)]
    [InlineData("42", null)]
    [InlineData("評価", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_text_means_the_name_that_is_closest_to_it(string? text, string? name) => Assert.Equal(name, ScenarioRules.NameOf(text));

    [Theory]
    [InlineData("Review the change, weiß Zoë", false)]
    [InlineData("--- 42 ☕", false)]
    [InlineData("Review 評価", true)]
    [InlineData("Проверка", true)]
    [InlineData("𝒜 review", true)]
    [InlineData("a name of exactly forty characters, these", false)]
    [InlineData("a name of forty-one characters, and so off", true)]
    public void A_name_that_leaves_letters_of_a_text_out_says_so(string text, bool isLess) =>
        Assert.Equal(isLess, ScenarioRules.Loss(text) is not null);

    [Fact]
    public void What_a_text_means_is_always_a_name_or_nothing()
    {
        string[] texts =
        [
            new string('x', 200),
            new string('x', 39) + " y",
            new string('x', 40) + " y",
            "Ünïcode ünd möre",
            "half \ud800 a pair",
            "\0\u0001",
            new string(' ', 100) + "Z" + new string(' ', 100),
        ];
        Assert.All(texts, text => Assert.True(ScenarioRules.NameOf(text) is not { } name || ScenarioRules.IsName(name), text));
        Assert.Equal(new string('x', 39), ScenarioRules.NameOf(texts[1]));
    }
}
