using Republic.Core.Training;
using Republic.Core.Training.Runs;

namespace Republic.Tests.Unit.Training;

/// <summary>How much longer a run takes, before anything of it was measured and after.</summary>
public sealed class RunForecastTests
{
    private static readonly Dictionary<StepName, double> Three = new()
    {
        [StepName.CaptureBeforeMetrics] = 4.5,
        [StepName.RefineDatasets] = 9.5,
        [StepName.ConfigureTraits] = 1.5,
    };

    [Fact]
    public void A_run_begins_with_what_is_usual()
    {
        // 45 + 95 + 15 + 7.5 + 45 + 90 + 45 + 15 + 5.
        Assert.Equal(362.5, new RunForecast(StepName.CaptureBeforeMetrics, 0).Remaining.TotalSeconds);
        Assert.Equal(340, new RunForecast(StepName.CaptureBeforeMetrics, 0.5).Remaining.TotalSeconds);
    }

    [Theory]
    [InlineData(60, 450)]
    [InlineData(1_000, 1_350)]
    [InlineData(1_001, 3_600)]
    public void Weights_take_as_long_as_rows_usually_do(int rows, double seconds)
    {
        var forecast = new RunForecast(StepName.EnhanceModel, 0) { TrainsWeights = true, Rows = rows };

        Assert.Equal(seconds + 200, forecast.Remaining.TotalSeconds);
    }

    [Fact]
    public void What_is_done_corrects_what_is_to_come()
    {
        // A tenth of what is usual.
        var forecast = new RunForecast(StepName.EnhanceModel, 0) { Done = Three, TrainsWeights = true };

        Assert.Equal(65, forecast.Remaining.TotalSeconds, 6);
        Assert.Equal(42.5, (forecast with { Share = 0.5 }).Remaining.TotalSeconds, 6);
        Assert.Equal(23, (forecast with { StepLeft = TimeSpan.FromSeconds(3) }).Remaining.TotalSeconds, 6);
    }

    [Fact]
    public void Answers_are_reckoned_at_their_own_pace_those_of_the_judge_included()
    {
        // 3 + 8 answers and 4 again; steps 7 and 8 at a tenth of 20 seconds.
        var forecast = new RunForecast(StepName.ValidateTraits, 0) { Done = Three, PerAnswer = 2 };

        Assert.Equal((2 * 15) + 2, (forecast with { Done = Done(0.1) }).Remaining.TotalSeconds, 6);
        // 12 answers of the minion, 10 prompts to both versions three times, and 14 pairs in both orders three times.
        var judged = forecast with
        {
            Done = Done(0.1, repeats: 3),
            Repeats = 3,
            Prompts = 10,
            IsJudged = true,
        };
        Assert.Equal((2 * (11 + 12 + 60 + 84)) + 2, judged.Remaining.TotalSeconds, 6);
    }

    [Fact]
    public void Calls_of_the_judge_are_reckoned_at_the_pace_of_the_judge()
    {
        var clock = new Stopped();
        var run = new StepRun(null!, StepName.CaptureAfterMetrics, null!, null!, _ => { });
        var pace = new CallPace(run, answers: 4, clock, grades: 6);

        clock.Pass(TimeSpan.FromSeconds(2));
        pace.Asked();
        Assert.Equal((TimeSpan.FromSeconds(18), 0.1), (run.Remaining!.Value, run.Share));
        clock.Pass(TimeSpan.FromSeconds(12));
        pace.Asked(3);
        Assert.Equal(TimeSpan.FromSeconds(21), run.Remaining);
        clock.Pass(TimeSpan.FromSeconds(20));
        pace.Graded(2);
        Assert.Equal((TimeSpan.FromSeconds(40), 0.6), (run.Remaining!.Value, run.Share));
        clock.Pass(TimeSpan.FromSeconds(4));
        pace.Graded(4);
        Assert.Equal((TimeSpan.Zero, 1.0), (run.Remaining!.Value, run.Share));
    }

    private sealed class Stopped : TimeProvider
    {
        private TimeSpan passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan more) => passed += more;

        public override long GetTimestamp() => passed.Ticks;
    }

    private static Dictionary<StepName, double> Done(double pace, int repeats = 1) =>
        new()
        {
            [StepName.CaptureBeforeMetrics] = 45 * repeats * pace,
            [StepName.RefineDatasets] = 95 * pace,
            [StepName.ConfigureTraits] = 15 * pace,
            [StepName.EnhanceModel] = 7.5 * pace,
        };
}
