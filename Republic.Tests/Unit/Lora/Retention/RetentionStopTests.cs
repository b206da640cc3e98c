using Republic.Core;
using Republic.Core.Lora.Retention;

namespace Republic.Tests.Unit.Lora.Retention;

/// <summary>When enough questions were asked to tell what a version kept.</summary>
public sealed class RetentionStopTests
{
    private const int All = 420;

    [Theory]
    [InlineData(40, new[] { 40 })]
    [InlineData(191, new[] { 191 })]
    [InlineData(192, new[] { 96, 192 })]
    [InlineData(421, new[] { 96, 192, 288, 421 })]
    public void Questions_are_asked_in_parts_and_few_at_once(int questions, int[] ends) =>
        Assert.Equal(ends, RetentionStop.Parts(questions).Select(part => part.End.Value));

    [Theory]
    [InlineData(96, 0, true)]
    [InlineData(96, 5, false)]
    [InlineData(192, 7, true)]
    [InlineData(192, 14, false)]
    [InlineData(288, 15, true)]
    [InlineData(96, 45, true)]
    public void A_share_that_is_far_from_what_is_tolerated_is_clear(int asked, int lost, bool isClear) =>
        Assert.Equal(isClear, RetentionStop.IsClear(Answers(asked, lost), asked, All));

    [Theory]
    [InlineData(96, 1, 192)]
    [InlineData(96, 6, 288)]
    [InlineData(96, 8, All)]
    [InlineData(192, 16, All)]
    public void How_many_will_be_asked_follows_from_how_the_first_came_out(int asked, int lost, int expected) =>
        Assert.Equal(expected, RetentionStop.Expected(Answers(asked, lost), asked, All));

    [Fact]
    public void A_single_broken_answer_asks_for_all()
    {
        var answers = Answers(192, 0);

        Assert.True(RetentionStop.IsClear(answers, 192, All));
        Assert.False(RetentionStop.IsClear([.. answers.Skip(1), answers[0] with { Broken = 1 }], 192, All));
    }

    [Fact]
    public void A_version_that_lost_more_than_is_tolerated_hardly_ever_passes_early_and_one_that_lost_less_is_never_refused_early()
    {
        var (early, refused) = (0, 0);
        const int Draws = 2000;
        for (var draw = 0; draw < Draws; draw++)
        {
            early += PassesEarly(lost: 46, draw) == true ? 1 : 0;
            refused += PassesEarly(lost: 36, draw) == false ? 1 : 0;
        }

        Assert.InRange(early, 0, Draws / 200);
        Assert.Equal(0, refused);
    }

    /// <summary>Null where all questions are asked.</summary>
    private static bool? PassesEarly(int lost, int seed)
    {
        var answers = Answers(All, lost).ToArray();
        SeededRandom.For(seed, 1).Shuffle(answers.AsSpan());
        foreach (var part in RetentionStop.Parts(All).SkipLast(1))
        {
            var asked = answers[..part.End];
            if (RetentionStop.IsClear(asked, asked.Length, All))
            {
                return asked.Count(answer => answer.IsLost) <= asked.Length / 10;
            }
        }

        return null;
    }

    private static IReadOnlyList<RetainedAnswer> Answers(int count, int lost) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new RetainedAnswer("domain", $"q{i}", "a", "b") { AgreementBefore = 1, Agreement = i < lost ? 0 : 1 }),
        ];
}
