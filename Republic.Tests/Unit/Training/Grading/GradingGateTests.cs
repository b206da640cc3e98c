using System.Globalization;
using Republic.Core;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Steps;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Training.Grading;

/// <summary>From a judge's replies to the verdict, through the code that a run goes through.</summary>
public sealed class GradingGateTests
{
    private const int Runs = 200;
    private static readonly Answers Asked = new([new("What?", 0, 1, "An answer", 2, null)], 2);

    [Fact]
    public async Task Of_equal_versions_few_are_promoted_by_a_judge_that_is_noisy_and_prefers_a_place() =>
        Assert.InRange(await PromotedAsync(better: 0), 0, (Runs * 5 / 100) - 1);

    [Fact]
    public async Task Of_versions_that_are_better_by_ten_points_most_are_promoted() =>
        Assert.InRange(await PromotedAsync(better: 10), (Runs * 80 / 100) + 1, Runs);

    [Fact]
    public void Figures_follow_from_the_grades()
    {
        GradedPair[] graded =
        [
            Pair("q/0", 0, "What is rain?", 60, 80),
            Pair("q/0", 1, "What is rain?", 70, 90),
            Pair("q/1", 0, "Design a bridge", 40, 50),
            Pair("q/1", 1, "Design a bridge", 40, 70),
            Pair("q/1", 2, "Design a bridge", null, null),
        ];

        var figures = Of(Pairing.Of(graded));

        // Rain weighs 1 and went from 65 to 85, the bridge weighs 3 and went from 40 to 60.
        Assert.Equal("judge", figures.GradedBy);
        Assert.Equal((65 + (3 * 40)) / 4.0, figures.BeforeQuality);
        Assert.Equal((85 + (3 * 60)) / 4.0, figures.AfterQuality);
        Assert.Equal(100 * 20 / 46.25, figures.QualityImprovement!.Value, 9);
        Assert.Equal(66.25, figures.AfterScore);
        Assert.Equal(GateVerdict.TooFew, figures.Verdict);
        Assert.Equal((20.0, null), (figures.Gain, figures.Interval));
        Assert.Equal([false, true], figures.Questions.Select(question => question.Flipped));
        Assert.Equal([40.0, 40.0], figures.Questions[1].Before);
        Assert.Equal([50.0, 70.0], figures.Questions[1].After);
    }

    [Fact]
    public void Grades_without_a_pair_are_no_grades()
    {
        var figures = Of([]);

        Assert.Equal(("none", GateVerdict.NotGraded, null), (figures.GradedBy, figures.Verdict, figures.AfterQuality));
    }

    [Theory]
    [InlineData(4, 12, false)]
    [InlineData(5, 12, true)]
    [InlineData(0, 0, false)]
    public void More_than_a_third_missing_is_too_many(int missing, int all, bool tooMany) =>
        Assert.Equal(tooMany, Pairing.TooManyMissing(missing, all));

    [Theory]
    [InlineData("7B", 7e9)]
    [InlineData("8x7b", 56e9)]
    [InlineData("494M", 494e6)]
    [InlineData("1.5 B parameters", 1.5e9)]
    [InlineData("1T", 1e12)]
    [InlineData("large", 0)]
    [InlineData(null, 0)]
    public void A_models_size_is_read_from_what_it_says(string? said, double parameters) =>
        Assert.Equal(parameters, ParameterCount.Of(said));

    private static async Task<int> PromotedAsync(double better)
    {
        var random = new SeededRandom(11);
        var promoted = 0;
        for (var run = 0; run < Runs; run++)
        {
            promoted += Of(Pairing.Of(await GradedAsync(random, better)), seed: run).Promotes ? 1 : 0;
        }

        return promoted;
    }

    /// <summary>24 prompts, three repeats. The answer's text is how good it is; the judge sees that with noise, and adds eight points for the first place.</summary>
    private static async Task<List<GradedPair>> GradedAsync(SeededRandom random, double better)
    {
        double Noise(double deviation) => deviation * random.NextNormal();
        string Answer(double points) => points.ToString("R", CultureInfo.InvariantCulture);
        var judge = new FakeJudge(text => double.Parse(text, CultureInfo.InvariantCulture) + Noise(10)) { Bias = 8 };
        var grading = new PairGrading((_, _, text) => Task.FromResult<Outcome<string>>(judge.Reply(text)));
        var graded = new List<GradedPair>();
        for (var prompt = 0; prompt < 24; prompt++)
        {
            var (level, help) = (50 + Noise(15), better + Noise(8));
            for (var repeat = 0; repeat < 3; repeat++)
            {
                var (before, after) = (Answer(level + Noise(10)), Answer(level + help + Noise(10)));
                var pair = new AnsweredPair($"held/{prompt}", repeat, $"Prompt {prompt}", new("b", before), new("a", after));
                graded.Add((await grading.GradeAsync(pair)).Value!);
            }
        }

        return graded;
    }

    private static Improvements Of(IReadOnlyList<PairedPrompt> pairs, long seed = 1) =>
        CalculateImprovements.Of(
            new TrainingConfig { Lora = new() { Seed = seed } },
            Asked,
            new AfterMetrics(Asked, new AfterMetrics.Grades(Guid.Empty, SelfGraded: false, pairs), null),
            bonus: 0
        );

    private static GradedPair Pair(string prompt, int repeat, string text, double? before, double? after) =>
        new(prompt, repeat, text, "b", "a", Judgement(before, after), Judgement(before, after));

    private static Judgement? Judgement(double? before, double? after) =>
        before is { } b && after is { } a ? new(new(b, b, b, b), new(a, a, a, a)) : null;
}
