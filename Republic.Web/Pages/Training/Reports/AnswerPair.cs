using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>One prompt with its answers, all repeats, as they were before a run and after it.</summary>
public sealed record AnswerPair(string Question, bool IsHeldOut, IReadOnlyList<AnswerPair.Repeat> Repeats)
{
    public static IReadOnlyList<AnswerPair> Of(IReadOnlyList<RunAnswer> answers) =>
        [
            .. answers
                .GroupBy(answer => (answer.Text, answer.IsHeldOut))
                .Select(prompt => new AnswerPair(
                    prompt.Key.Text,
                    prompt.Key.IsHeldOut,
                    [.. prompt.Select(answer => new Repeat(answer.Repeat + 1, Of(answer.Before), Of(answer.After)))]
                )),
        ];

    public double? Before => Mean(repeat => repeat.Before.Points);

    public double? After => Mean(repeat => repeat.After.Points);

    /// <summary>It passes the mark after the run and did not before, or the other way round; null where neither, or nothing was graded.</summary>
    public bool? NowPasses =>
        Before is { } before && After is { } after && before >= PairedPrompt.PassMark != after >= PairedPrompt.PassMark
            ? after >= PairedPrompt.PassMark
            : null;

    private double? Mean(Func<Repeat, double?> side) => Repeats.Average(side);

    private static Said Of(RunAnswer.Said said) => new(said.Text, said.Points, said.Trace is { } trace ? OutputPart.Of(trace) : []);

    /// <param name="Number">From 1.</param>
    public sealed record Repeat(int Number, Said Before, Said After);

    /// <param name="Points">From a judge; null where it was not graded.</param>
    /// <param name="Made">Its stages, where there was more than the model alone.</param>
    public sealed record Said(string Text, double? Points, IReadOnlyList<OutputPart> Made);
}
