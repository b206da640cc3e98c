using Republic.Core.Lora.Retention;
using Republic.Core.Training;

namespace Republic.Tests.Unit.Lora.Retention;

public sealed class KeptAnswersTests
{
    [Fact]
    public void Findings_are_counted_and_the_worst_answers_come_first()
    {
        var kept = KeptAnswers.Of(
            new(
                [
                    Answer("same", 1, null),
                    Answer("near", 0.3, "says something else"),
                    Answer("far", 0.1, "says something else"),
                    Answer("loops", 0.9, "repeats itself", isDegenerate: true),
                ],
                [1, 2]
            )
        );

        Assert.Equal((1, 4, 2, 1), (kept.Kept, kept.Of, kept.Noise, kept.Degenerate));
        Assert.Equal(["loops", "far", "near"], kept.Lost.Select(lost => lost.Prompt));
        Assert.Equal((0.25, 0.5), (kept.LossRise, kept.Divergence));
        Assert.Equal(4, kept.Kinds["general"]);
    }

    [Fact]
    public void At_most_thirty_lost_answers_are_shown()
    {
        var kept = KeptAnswers.Of(new([.. Enumerable.Range(0, 40).Select(i => Answer($"{i}", 0.1, "says something else"))], []));

        Assert.Equal((0, 40, 30), (kept.Kept, kept.Of, kept.Lost.Count));
    }

    private static RetainedAnswer Answer(string question, double share, string? problem, bool isDegenerate = false) =>
        new("general", question, "before", "after", share, 0.25, 0.5, problem, isDegenerate);
}
