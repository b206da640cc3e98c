using Republic.Core.Llama.Files;
using Republic.Core.Lora.Retention;
using Republic.Core.Training.Measuring;

namespace Republic.Tests.Unit.Lora.Retention;

public sealed class KeptAnswersTests
{
    [Theory]
    [InlineData(null, 0.8f)]
    [InlineData(1.5, 1.5f)]
    [InlineData(0.0, 0.7f)]
    public void It_draws_at_the_temperature_of_chats_as_far_as_chance_can_be_measured(double? minion, float expected) =>
        Assert.Equal(expected, KeptAnswers.TemperatureOf(new ModelSampling(0.8, 0.95), minion));

    [Fact]
    public void Findings_are_counted_and_the_worst_answers_come_first()
    {
        var kept = KeptAnswers.Of(
            new(
                [
                    Answer("same", agreement: 1),
                    Answer("half", agreement: 0.4, before: 0.8),
                    Answer("near", agreement: 0.4),
                    Answer("far", agreement: 0),
                    Answer("loops", agreement: 0) with
                    {
                        Degenerate = "repeats itself",
                    },
                ],
                [4.8, 4.7]
            )
        );

        // 1.8 of 4.8 agreement are 1.875 of five answers; of the repeats the first loses none.
        Assert.Equal((1, 5, 1, 1), (kept.Kept, kept.Of, kept.Noise, kept.Degenerate));
        Assert.Equal(["loops", "far", "near"], kept.Lost.Select(lost => lost.Prompt));
        Assert.Equal(
            ["repeats itself", "says something else in 3 of 3 tries", "says something else in 2 of 3 tries"],
            kept.Lost.Select(lost => lost.Reason)
        );
        Assert.Equal([true, false, false], kept.Lost.Select(lost => lost.IsDegenerate));
        Assert.Equal((0.25, 0.5), (kept.LossRise, kept.Divergence));
        Assert.Equal(5, kept.Kinds["general"]);
    }

    [Fact]
    public void Sums_of_thirds_lose_no_answer_and_broken_tries_are_told()
    {
        var answers = Enumerable.Range(0, 30).Select(i => Answer($"{i}", agreement: 2.0 / 3));

        Assert.Equal(20, KeptAnswers.Of(new([.. answers], [])).Kept);
        Assert.Equal(
            "says something else in 3 of 3 tries, broken in 2",
            KeptAnswers.Of(new([Answer("lost", agreement: 0) with { Broken = 2 }], [])).Lost[0].Reason
        );
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void An_answer_that_breaks_in_any_of_its_tries_comes_apart(int broken, bool holds)
    {
        var answers = Enumerable
            .Range(0, 100)
            .Select(i =>
                i < broken ? Answer($"broken {i}", agreement: 1.0 / 3) with { Broken = 1 } : Answer($"{i}", agreement: i == 50 ? 0 : 1)
            );

        var kept = KeptAnswers.Of(new([.. answers], []));

        Assert.Equal((broken, broken, holds), (kept.Degenerate, kept.Lost.Count(lost => lost.IsDegenerate), kept.Holds));
        // Before the one that never comes up.
        Assert.Equal("broken 0", kept.Lost[0].Prompt);
        Assert.True(kept.Kept >= kept.Needed);
    }

    [Theory]
    [InlineData(9.4, 10)]
    [InlineData(11, 10)]
    [InlineData(9.39, 9)]
    [InlineData(0.93, 0)]
    public void An_answer_that_comes_up_half_as_often_is_half_kept(double agreement, int kept)
    {
        var answers = Enumerable.Range(0, 10).Select(i => Answer($"{i}", agreement / 10, before: 0.94));

        Assert.Equal(kept, KeptAnswers.Of(new([.. answers], [])).Kept);
    }

    [Fact]
    public void The_noise_is_the_most_that_a_repeat_loses()
    {
        List<RetainedAnswer> answers = [.. Enumerable.Range(0, 10).Select(i => Answer($"{i}", agreement: 1))];

        Assert.Equal(0, KeptAnswers.Of(new(answers, [])).Noise);
        Assert.Equal(0, KeptAnswers.Of(new(answers, [10, 11])).Noise);
        Assert.Equal(3, KeptAnswers.Of(new(answers, [9.5, 7.2])).Noise);
    }

    [Fact]
    public void A_version_that_could_do_nothing_loses_nothing()
    {
        var kept = KeptAnswers.Of(new([Answer("one", agreement: 0, before: 0)], [0, 0]));

        Assert.Equal((1, 1, 0), (kept.Kept, kept.Of, kept.Noise));
        Assert.Empty(kept.Lost);
    }

    [Fact]
    public void At_most_a_hundred_lost_answers_are_shown()
    {
        var kept = KeptAnswers.Of(new([.. Enumerable.Range(0, 140).Select(i => Answer($"{i}", agreement: 0))], []));

        Assert.Equal((0, 140, 100), (kept.Kept, kept.Of, kept.Lost.Count));
    }

    private static RetainedAnswer Answer(string question, double agreement, double before = 1) =>
        new("general", question, "before", "after")
        {
            AgreementBefore = before,
            Agreement = agreement,
            LossRise = 0.25,
            Divergence = 0.5,
        };
}
