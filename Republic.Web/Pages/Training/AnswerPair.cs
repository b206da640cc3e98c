using Republic.Core.Training;

namespace Republic.Web.Pages.Training;

/// <summary>One question as it was answered before a run and after it, with the same seed.</summary>
public sealed record AnswerPair(string Question, int Repeat, AnswerPair.Said Before, AnswerPair.Said After)
{
    public static IReadOnlyList<AnswerPair> Of(TrainingCard run)
    {
        var before = Asked(run, StepName.CaptureBeforeMetrics, output => output);
        var after = Asked(run, StepName.CaptureAfterMetrics, output => output.Part("answers"));
        return
        [
            .. before
                .Where(one => after.ContainsKey(one.Key))
                .Select(one => new AnswerPair(one.Key.Question, one.Key.Repeat + 1, one.Value, after[one.Key])),
        ];
    }

    private static Dictionary<(string Question, int Repeat), Said> Asked(
        TrainingCard run,
        StepName step,
        Func<StepOutput, StepOutput> answers
    )
    {
        Dictionary<(string, int), Said> asked = [];
        foreach (var one in answers(new StepOutput(run.Steps[(int)step].Output)).Items("asked"))
        {
            asked[(one.Text("query") ?? "", one.Whole("repeat") ?? 0)] = new(
                one.Text("response") ?? "",
                OutputPart.Of(one.Part("trace").Json)
            );
        }

        return asked;
    }

    /// <param name="Made">Its stages, where there was more than the model alone.</param>
    public sealed record Said(string Text, IReadOnlyList<OutputPart> Made);
}
