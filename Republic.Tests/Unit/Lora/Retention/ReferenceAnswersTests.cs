using Republic.Core.Lora.Retention;

namespace Republic.Tests.Unit.Lora.Retention;

public sealed class ReferenceAnswersTests
{
    private static readonly int[] Sound = [1, 2, 3];
    private static readonly int[] Loop = [.. Enumerable.Repeat(7, 40)];

    [Fact]
    public void What_is_said_in_three_of_four_samples_is_reliable_on_the_mean_of_all_runs()
    {
        var references = Of([
            .. Enumerable.Repeat(("answer", Sound, 0.75, 0.75), 20),
            ("answer", Sound, 0.8, 0.69),
            ("answer", Sound, 0.6, 0.9),
        ]);

        Assert.Equal([.. Enumerable.Range(0, 20), 21], references.Measurable());
    }

    [Fact]
    public void Where_fewer_than_twenty_are_reliable_any_that_is_answered_is_measured()
    {
        (string, int[], double, double)[] others = [("answer", Sound, 0.2, 0.2), ("", [], 1, 1), ("la la", Loop, 1, 1)];

        Assert.Equal([.. Enumerable.Range(0, 19), 19], Of([.. Enumerable.Repeat(("answer", Sound, 1.0, 1.0), 19), .. others]).Measurable());
        Assert.Equal(Enumerable.Range(0, 20), Of([.. Enumerable.Repeat(("answer", Sound, 1.0, 1.0), 20), .. others]).Measurable());
    }

    [Fact]
    public void A_version_that_answers_nothing_is_measured_on_everything() =>
        Assert.Equal([0, 1], Of([("", [], 0, 0), ("la la", Loop, 0, 0)]).Measurable());

    [Fact]
    public void Runs_of_one_seed_draw_differently_and_the_same_run_alike()
    {
        var draws = Enumerable.Range(0, 3).SelectMany(run => AnswerSamples.Of(5, run, 0.7f)).ToList();

        Assert.Equal((6, 6), (draws.Count, draws.Distinct().Count()));
        Assert.All(draws, draw => Assert.Equal(0.7f, draw.Temperature));
        Assert.Equal(AnswerSamples.Of(5, 1, 0.7f), draws[2..4]);
        Assert.Equal(AnswerSamples.Count, 1 + AnswerSamples.Of(5, 0, 0.7f).Count);
    }

    private static ReferenceAnswers Of(IReadOnlyList<(string Text, int[] Tokens, double First, double Second)> answers)
    {
        var content = new AnswerContent([.. answers.Select(answer => answer.Text)]);
        return new ReferenceAnswers(
            [.. answers.Select(answer => answer.Tokens)],
            [.. answers.Select(answer => new ReferenceSet(content, [answer.Text]))],
            [
                [.. answers.Select(answer => answer.First)],
                [.. answers.Select(answer => answer.Second)],
            ]
        );
    }
}
