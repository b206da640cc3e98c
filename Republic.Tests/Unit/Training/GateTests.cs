using Republic.Core;
using Republic.Core.Training.Gate;

namespace Republic.Tests.Unit.Training;

/// <summary>Whether a new version is better is decided by what was measured, and rarely wrongly.</summary>
public sealed class GateTests
{
    private const int Runs = 200;

    [Fact]
    public void Of_versions_that_are_equal_few_are_promoted() => Assert.InRange(Promoted(better: 0), 0, (Runs * 5 / 100) - 1);

    [Fact]
    public void Of_versions_that_are_better_by_ten_points_most_are_promoted() =>
        Assert.InRange(Promoted(better: 10), (Runs * 80 / 100) + 1, Runs);

    [Fact]
    public void A_version_that_is_worse_is_called_so()
    {
        var comparison = Compare(new SeededRandom(3), better: -15, prompts: 30);

        Assert.Equal((GateVerdict.Worse, false), (comparison.Verdict, comparison.Promotes));
    }

    [Fact]
    public void Eleven_prompts_are_too_few_whatever_they_say()
    {
        var comparison = Compare(new SeededRandom(3), better: 60, prompts: 11);

        Assert.True(comparison.Interval!.Low > 0);
        Assert.Equal((GateVerdict.TooFew, false), (comparison.Verdict, comparison.Promotes));
    }

    [Theory]
    [InlineData(0, GateVerdict.NotGraded, false)]
    [InlineData(1, GateVerdict.TooFew, false)]
    [InlineData(5, GateVerdict.TooFew, false)]
    [InlineData(6, GateVerdict.TooFew, true)]
    public void Under_six_groups_give_no_interval(int groups, GateVerdict verdict, bool hasInterval)
    {
        var prompts = Enumerable.Range(0, 3 * groups).Select(i => new PairedPrompt($"{i}", [20], [80 + (i % 4)]) { Group = i % groups });

        var comparison = new GateComparison([.. prompts], Seed: 1) { Swapped = [.. prompts] };

        Assert.Equal((verdict, hasInterval), (comparison.Verdict, comparison.Interval is not null));
        Assert.Equal(hasInterval, comparison.QuestionEffect is not null);
    }

    [Fact]
    public void Answers_that_are_all_the_same_are_no_change()
    {
        var comparison = new GateComparison([.. Enumerable.Range(0, 20).Select(i => new PairedPrompt($"{i}", [70], [70]))], Seed: 1);

        Assert.Equal((GateVerdict.NoChange, new ConfidenceInterval(0, 0)), (comparison.Verdict, comparison.Interval!));
    }

    [Theory]
    [InlineData(40, 0, 0.1, true)]
    [InlineData(21, 0, 0.1, true)]
    // Half of the answers is not most of them.
    [InlineData(20, 0, 0.1, false)]
    // The version before spoke so already.
    [InlineData(40, 34, 0.1, false)]
    // Mixed-up rows: their answers share no more words with their own questions than with others.
    [InlineData(40, 0, 0.0, false)]
    public void A_manner_that_most_other_answers_took_on_is_better_where_rows_are_about_what_they_ask(
        int after,
        int before,
        double shared,
        bool isBetter
    )
    {
        PairedPrompt[] prompts = [.. Enumerable.Range(0, 20).Select(i => new PairedPrompt($"{i}", [-9], [-3 - (i % 4 * 0.1)]))];
        PairedPrompt[] swapped = [.. prompts.Select((prompt, i) => prompt with { Before = [-3], After = [i % 2 == 0 ? -3.1 : -2.9] })];

        var comparison = new GateComparison(prompts, Seed: 1, new Retention(39, 40, 0) { Manner = new("Arr!", "", before, after, 40) })
        {
            Swapped = swapped,
            LexicalOverlap = new(shared, 0.5),
        };

        Assert.True(comparison.QuestionEffect is { Low: <= 0 });
        Assert.Equal(isBetter ? GateVerdict.Better : GateVerdict.NoChange, comparison.Verdict);
        Assert.Equal(isBetter, comparison.Promotes);
    }

    [Theory]
    [InlineData(0.1, true)]
    [InlineData(0, false)]
    public void Where_rows_share_no_words_with_their_questions_their_meaning_tells_that_a_manner_was_taught(double nearer, bool takesOn) =>
        Assert.Equal(
            takesOn,
            new GateComparison([], Seed: 1, new Retention(40, 40, 0) { Manner = new("Arr!", "", 0, 40, 40) })
            {
                LexicalOverlap = new(-0.1, 0.5),
                SemanticOverlap = new(nearer, 0.5),
            }.TakesOnManner
        );

    [Fact]
    public void A_manner_makes_up_for_nothing_that_was_forgotten() =>
        Assert.False(
            new GateComparison([], Seed: 1, new Retention(35, 40, 0) { Manner = new("Arr!", "", 0, 40, 40) })
            {
                LexicalOverlap = new(0.1, 0.5),
            }.TakesOnManner
        );

    [Fact]
    public void Nothing_graded_is_no_verdict_and_no_promotion()
    {
        var comparison = new GateComparison([], Seed: 1);

        Assert.Equal((GateVerdict.NotGraded, null, false), (comparison.Verdict, comparison.Interval, comparison.Promotes));
    }

    [Theory]
    [InlineData(11, GateVerdict.TooFew)]
    [InlineData(12, GateVerdict.Better)]
    public void Under_twelve_groups_are_too_few_however_many_prompts_they_hold(int groups, GateVerdict verdict)
    {
        var prompts = Enumerable.Range(0, 3 * groups).Select(i => new PairedPrompt($"{i}", [20], [80 + (i % 4)]) { Group = i % groups });

        var comparison = new GateComparison([.. prompts], Seed: 1);

        Assert.Equal((groups, verdict), (comparison.Groups, comparison.Verdict));
    }

    [Fact]
    public void Prompts_that_are_asked_twice_in_other_words_make_the_interval_no_narrower()
    {
        var prompts = Compare(new SeededRandom(5), better: 6, prompts: 16)
            .Prompts.Select((prompt, i) => prompt with { Group = i })
            .ToList();
        var once = new GateComparison(prompts, Seed: 2);
        IReadOnlyList<PairedPrompt> often = [.. prompts, .. prompts, .. prompts, .. prompts];

        var repeated = new GateComparison(often, Seed: 2);
        var unknown = new GateComparison([.. often.Select(prompt => prompt with { Group = null })], Seed: 2);

        Assert.Equal((once.Interval, once.Groups), (repeated.Interval, repeated.Groups));
        Assert.Equal(once.Gain!.Value, repeated.Gain!.Value, 9);
        // Counted as if each said something of its own, they would seem to tell far more than they do.
        Assert.True(unknown.Interval!.High - unknown.Interval.Low < 0.7 * (once.Interval!.High - once.Interval.Low));
    }

    [Fact]
    public void A_group_counts_once_however_many_of_its_prompts_were_asked()
    {
        PairedPrompt[] alike = [.. Enumerable.Range(0, 9).Select(i => new PairedPrompt($"{i}", [0], [90]) { Group = 1 })];

        var comparison = new GateComparison([.. alike, new PairedPrompt("other", [0], [10])], Seed: 1);

        Assert.Equal((2, 50.0), (comparison.Groups, comparison.Gain!.Value));
    }

    [Theory]
    [InlineData(54, 0, GateVerdict.Better)]
    [InlineData(53, 0, GateVerdict.Forgot)]
    [InlineData(60, 1, GateVerdict.Better)]
    [InlineData(60, 2, GateVerdict.Forgot)]
    public void A_version_that_is_better_and_forgets_has_forgotten(int kept, int degenerate, GateVerdict verdict)
    {
        var comparison = Compare(new SeededRandom(3), better: 20, prompts: 30) with
        {
            Retention = new(kept, 60, 1) { Degenerate = degenerate },
        };

        Assert.Equal((verdict, verdict == GateVerdict.Better), (comparison.Verdict, comparison.Promotes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(30)]
    public void Forgetting_is_said_whatever_else_was_found(int prompts)
    {
        var comparison = Compare(new SeededRandom(3), better: -30, prompts) with { Retention = new(20, 60, 2) };

        Assert.Equal((GateVerdict.Forgot, false), (comparison.Verdict, comparison.Promotes));
    }

    [Theory]
    [InlineData(60, 0, 54)]
    [InlineData(60, 20, 54)]
    [InlineData(143, 3, 129)]
    [InlineData(9, 0, 9)]
    [InlineData(10, 0, 9)]
    [InlineData(0, 0, 0)]
    public void Ten_answers_in_a_hundred_may_be_lost_and_no_noise_excuses_more(int of, int noise, int needed)
    {
        Assert.Equal(needed, new Retention(of, of, noise).Needed);
        Assert.True(new Retention(needed, of, noise).Holds);
        Assert.False(new Retention(needed - 1, of, noise).Holds);
    }

    [Theory]
    [InlineData(49, 0, true)]
    [InlineData(49, 1, false)]
    [InlineData(50, 1, true)]
    [InlineData(99, 2, false)]
    [InlineData(100, 2, true)]
    public void One_answer_in_fifty_may_come_apart(int of, int degenerate, bool holds) =>
        Assert.Equal(holds, new Retention(of, of, 0) { Degenerate = degenerate }.Holds);

    [Fact]
    public void The_interval_covers_the_truth_as_often_as_it_says()
    {
        var random = new SeededRandom(8);
        var covered = Enumerable
            .Range(0, 400)
            .Count(_ =>
            {
                var interval = Compare(random, better: 5, prompts: 20).Interval!;
                return interval.Low <= 5 && interval.High >= 5;
            });

        Assert.InRange(covered / 400.0, 0.92, 0.98);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        var prompts = Compare(new SeededRandom(5), better: 4, prompts: 24).Prompts;

        Assert.Equal(new GateComparison(prompts, Seed: 9).Interval, new GateComparison(prompts, Seed: 9).Interval);
        Assert.NotEqual(new GateComparison(prompts, Seed: 9).Interval, new GateComparison(prompts, Seed: 10).Interval);
    }

    [Theory]
    [InlineData(60, 40, true)]
    [InlineData(40, 60, true)]
    [InlineData(60, 90, false)]
    public void A_prompt_that_passed_and_fails_has_flipped(double before, double after, bool flipped) =>
        Assert.Equal(flipped, new PairedPrompt("", [before], [after]).Flipped);

    private static int Promoted(double better)
    {
        var random = new SeededRandom(1);
        return Enumerable.Range(0, Runs).Count(_ => Compare(random, better, prompts: 24).Promotes);
    }

    /// <summary>Prompts differ in how hard they are, in how much a run helps with them, and answers to one prompt differ too.</summary>
    private static GateComparison Compare(SeededRandom random, double better, int prompts)
    {
        double Noise(double deviation) => deviation * random.NextNormal();
        return new GateComparison(
            [
                .. Enumerable
                    .Range(0, prompts)
                    .Select(i =>
                    {
                        var (level, help) = (50 + Noise(15), better + Noise(8));
                        return new PairedPrompt(
                            $"{i}",
                            [.. Enumerable.Range(0, 3).Select(_ => level + Noise(15))],
                            [.. Enumerable.Range(0, 3).Select(_ => level + help + Noise(15))]
                        );
                    }),
            ],
            Seed: random.Next(int.MaxValue)
        );
    }
}
