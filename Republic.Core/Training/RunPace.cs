using Republic.Core.Training.Steps;

namespace Republic.Core.Training;

/// <summary>How far a run is, and how much longer it takes by what was measured in it.</summary>
internal static class RunPace
{
    /// <summary>Shares of the time that the steps usually take, measured on small sets; only the bar rests on them.</summary>
    private static readonly double[] Lora = [0.05, 0.03, 0.01, 0.66, 0.03, 0.07, 0.13, 0.01, 0.01];
    private static readonly double[] Persona = [0.25, 0.04, 0.01, 0.01, 0.06, 0.17, 0.44, 0.01, 0.01];

    public static double Progress(StepRun run)
    {
        var shares = run.Job.Method.TrainsWeights() ? Lora : Persona;
        return shares[..(int)run.Step].Sum() + (shares[(int)run.Step] * run.Share);
    }

    /// <summary>The rest of the step as measured, and the questions still to come at the speed of those answered; null before both are known.</summary>
    public static TimeSpan? Remaining(StepRun run)
    {
        if (run.Step == StepName.CaptureBeforeMetrics || (run.Job.Method.TrainsWeights() && run.Step < StepName.EnhanceModel))
        {
            return null;
        }

        if (run.Step == StepName.EnhanceModel && run.Job.Method.TrainsWeights() && run.Remaining is null)
        {
            return null;
        }

        var perAnswer = run.Read<Answers>(StepName.CaptureBeforeMetrics).AverageResponseTime;
        var questions = Enumerable
            .Range((int)run.Step, (int)StepName.Finalize - (int)run.Step)
            .Sum(step =>
                Questions((StepName)step, run.Config.Repeats)
                * (
                    step != (int)run.Step ? 1
                    : run.Remaining is null ? 1 - run.Share
                    : 0
                )
            );
        return TimeSpan.FromSeconds(questions * perAnswer) + (run.Remaining ?? TimeSpan.Zero);
    }

    private static int Questions(StepName step, int repeats) =>
        step switch
        {
            StepName.ValidateTraits => SeedQuestions.Validation.Length,
            StepName.TestPerformance => SeedQuestions.Performance.Length + SeedQuestions.EdgeCases.Length,
            StepName.CaptureAfterMetrics => SeedQuestions.Baseline.Length * repeats,
            _ => 0,
        };
}
