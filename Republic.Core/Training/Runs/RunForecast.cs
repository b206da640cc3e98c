using Republic.Core.Training.Grading;
using Republic.Core.Training.Measuring;

namespace Republic.Core.Training.Runs;

/// <summary>
/// How much longer a run takes. At first steps are taken to last as usual; each that is done corrects those to come, and calls of models
/// and training steps are reckoned at their own pace as soon as one was measured.
/// </summary>
internal sealed record RunForecast(StepName Step, double Share)
{
    /// <summary>However fast the steps before were: some of a step's time is there whatever the machine.</summary>
    private const double LeastPace = 0.002;

    /// <summary>The usual seconds of each step, in the middle of its range; weights take <see cref="UsualTraining"/> instead.</summary>
    private static readonly double[] Usual = [45, 95, 15, 7.5, 45, 90, 45, 15, 5];

    /// <summary>To the end of the step, where that was measured.</summary>
    public TimeSpan? StepLeft { get; init; }

    public bool TrainsWeights { get; init; }

    /// <summary>Of the datasets; 0 before they are read.</summary>
    public int Rows { get; init; }

    /// <summary>Held-out rows that both versions are asked; 0 before the datasets are read.</summary>
    public int Prompts { get; init; }

    public int Repeats { get; init; } = 1;

    /// <summary>A judge grades each pair in both orders.</summary>
    public bool IsJudged { get; init; }

    /// <summary>Seconds of an answer; null before any was given.</summary>
    public double? PerAnswer { get; init; }

    /// <summary>Seconds of the steps that are done, by their index.</summary>
    public IReadOnlyDictionary<StepName, double> Done { get; init; } = new Dictionary<StepName, double>();

    public TimeSpan Remaining =>
        (StepLeft ?? TimeSpan.FromSeconds(Expected(Step) * (1 - Share)))
        + TimeSpan.FromSeconds(Enum.GetValues<StepName>().Where(step => step > Step).Sum(Expected));

    /// <summary>What the steps that are done took, of what is usual.</summary>
    private double Pace => Done.Count == 0 ? 1 : Math.Max(LeastPace, Done.Values.Sum() / Done.Keys.Sum(UsualOf));

    private double Expected(StepName step) =>
        Calls(step) is > 0 and var calls && PerAnswer is { } seconds ? calls * seconds : UsualOf(step) * Pace;

    private double UsualOf(StepName step) =>
        step == StepName.EnhanceModel && TrainsWeights ? UsualTraining(Rows)
        // More repeats and a judge are more calls of the same kind.
        : step is StepName.CaptureBeforeMetrics or StepName.CaptureAfterMetrics
            ? Usual[(int)step] * Calls(step) / SeedQuestions.Baseline.Length
        : Usual[(int)step];

    private static double UsualTraining(int rows) =>
        rows < 100 ? 450
        : rows <= 1_000 ? 1_350
        : 3_600;

    private int Calls(StepName step) =>
        step switch
        {
            StepName.CaptureBeforeMetrics => SeedQuestions.Baseline.Length * Repeats,
            StepName.ValidateTraits => SeedQuestions.Validation.Length,
            StepName.TestPerformance => SeedQuestions.Performance.Length + SeedQuestions.EdgeCases.Length,
            StepName.CaptureAfterMetrics => (SeedQuestions.Baseline.Length * Repeats) + (IsJudged ? Grader.Calls(Prompts, Repeats) : 0),
            _ => 0,
        };
}
