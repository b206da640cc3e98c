using System.Text;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Rows;

namespace Republic.Tests.Unit.Datasets;

public sealed class QuotedTests
{
    [Theory]
    [InlineData("wizard", "wizard")]
    [InlineData("a\0b\nc", "a\\u0000b\\u000ac")]
    [InlineData("a\u202Eb", "a\\u202eb")]
    [InlineData("naïve 😀", "naïve 😀")]
    public void Only_what_has_a_picture_is_repeated_as_it_is(string text, string quoted) => Assert.Equal(quoted, Quoted.Of(text));

    [Fact]
    public void Half_of_a_pair_is_shown_by_its_number() => Assert.Equal("a\\ud83db", Quoted.Of("a\uD83Db"));

    [Fact]
    public void A_long_text_is_cut_between_characters() =>
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 40)) + "…", Quoted.Of(string.Concat(Enumerable.Repeat("😀", 41))));

    [Fact]
    public void A_role_with_a_NUL_or_half_a_character_at_the_cut_gives_a_reason_that_can_be_kept()
    {
        var pairs = string.Concat(Enumerable.Repeat("😀", 30));
        using var source = new Source(
            """{"messages":[{"role":"us\u0000er","content":"a"}]}""",
            $$"""{"messages":[{"role":"x{{pairs}}","content":"a"}]}"""
        );

        var reasons = source.Counted().Errors.Select(error => error.Reason).ToList();

        Assert.StartsWith("message 1 has the role \"us\\u0000er\";", reasons[0]);
        Assert.All(reasons, IsKept);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no\0ne")]
    public void Columns_with_a_NUL_or_of_60_kB_give_a_failure_that_can_be_kept(string? prompt)
    {
        using var source = new Source($"wi\0sh,{new string('w', 60_000)},c", "1,2,3");

        var failure = source.Run(mapping: prompt is null ? null : new RowMapping(prompt, "c")).Failure!;

        IsKept(failure.Message);
        Assert.Contains("wi\\u0000sh", failure.Message);
    }

    private static void IsKept(string text)
    {
        Assert.DoesNotContain(text, char.IsControl);
        Assert.InRange(text.Length, 1, 500);
        Assert.Equal(text, Encoding.UTF8.GetString(new UTF8Encoding(false, true).GetBytes(text)));
    }
}
