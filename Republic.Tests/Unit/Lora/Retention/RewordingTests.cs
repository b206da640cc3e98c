using Republic.Core.Lora.Retention;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Measuring;

namespace Republic.Tests.Unit.Lora.Retention;

/// <summary>Tests that samples in other words count where they mean the same.</summary>
public sealed class RewordingTests
{
    private const double Third = 1.0 / 3;

    [Fact]
    public void Only_what_meaning_has_to_decide_is_asked_for_and_once()
    {
        var pairs = Rewordings.Of(new([Answer("a", ["x", "y"], former: ["y", "z"]), Answer("b", []), Answer("a", ["x"])], [0, 0]));

        Assert.Equal(
            [new AnswerPair("the a", "x"), new AnswerPair("the a", "y"), new AnswerPair("the a", "z")],
            pairs.OrderBy(pair => pair.After, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void An_answer_in_other_words_is_kept_and_shown_and_one_that_says_something_else_is_lost()
    {
        var findings = new RetentionFindings([Answer("kept", ["x", "y", "z"]), Answer("half", ["x"]), Answer("lost", ["x", "y", "z"])], []);

        var kept = KeptAnswers.Of(findings, Same(("the kept", "x"), ("the kept", "y"), ("the kept", "z"), ("the half", "x")));

        Assert.Equal((2, (int?)0, 3), (kept.Kept, kept.KeptByWords, kept.Of));
        Assert.Equal("lost", Assert.Single(kept.Lost).Prompt);
        Assert.Equal((2, 2), (kept.InOtherWords, kept.Reworded.Count));
        // First the one that words alone would have lost.
        Assert.Equal(new RewordedAnswer("kept", "general", "Arr! the kept", "Arr! x", 3), kept.Reworded[0]);
        Assert.Equal(("half", 1), (kept.Reworded[1].Prompt, kept.Reworded[1].Tries));
    }

    [Fact]
    public void An_answer_that_is_still_lost_is_not_called_kept()
    {
        var kept = KeptAnswers.Of(new([Answer("a", ["x", "y", "z"])], []), Same(("the a", "x")));

        Assert.Equal(("says something else in 2 of 3 tries", 0), (Assert.Single(kept.Lost).Reason, kept.InOtherWords));
    }

    [Fact]
    public void The_version_before_is_given_the_same_measure()
    {
        var findings = new RetentionFindings(
            [Answer("a", ["x"], former: ["y"]), Answer("b", ["x"], former: ["y"])],
            [2 - (2 * Third), 2 - (2 * Third)]
        );

        var byWords = KeptAnswers.Of(findings, same: null);
        var byMeaning = KeptAnswers.Of(findings, Same(("the a", "y"), ("the b", "y")));

        Assert.Equal((2, null, 0), (byWords.Kept, byWords.KeptByWords, byWords.InOtherWords));
        // It agrees in all its tries then, and the new one in two of three.
        Assert.Equal((1, (int?)2, 0), (byMeaning.Kept, byMeaning.KeptByWords, byMeaning.Noise));
    }

    [Fact]
    public void Where_nothing_means_the_same_all_is_as_by_words()
    {
        var findings = new RetentionFindings([Answer("a", ["x", "y", "z"]), Answer("b", [])], [2, 2]);

        var (byWords, byMeaning) = (KeptAnswers.Of(findings, same: null), KeptAnswers.Of(findings, Same()));

        Assert.Equal((byWords.Kept, byWords.Noise, byWords.Lost.Count), (byMeaning.Kept, byMeaning.Noise, byMeaning.Lost.Count));
        Assert.Equal(((int?)byWords.Kept, 0), (byMeaning.KeptByWords, byMeaning.InOtherWords));
    }

    [Fact]
    public void At_most_a_hundred_are_shown_and_all_are_counted()
    {
        var findings = new RetentionFindings([.. Enumerable.Range(0, 140).Select(i => Answer($"{i}", ["x"]))], []);

        var kept = KeptAnswers.Of(findings, Rewordings.Of(findings).ToHashSet());

        Assert.Equal((140, 100), (kept.InOtherWords, kept.Reworded.Count));
    }

    /// <param name="others">Of three tries those in other words.</param>
    /// <param name="former">The same of each run of the version before.</param>
    private static RetainedAnswer Answer(string question, string[] others, string[]? former = null) =>
        new("general", question, $"Arr! the {question}", "after")
        {
            AgreementBefore = 1 - ((former?.Length ?? 0) * Third),
            Agreement = 1 - (others.Length * Third),
            Reference = $"the {question}",
            OtherWordings = [.. others.Select(other => new OtherWording($"Arr! {other}", other))],
            FormerWordings = [.. Enumerable.Repeat(former ?? [], 3)],
        };

    private static HashSet<AnswerPair> Same(params (string Before, string After)[] pairs) =>
        [.. pairs.Select(pair => new AnswerPair(pair.Before, pair.After))];
}
