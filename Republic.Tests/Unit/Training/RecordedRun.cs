using System.Globalization;
using Republic.Core.Training;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Runs;

namespace Republic.Tests.Unit.Training;

/// <summary>
/// A run as it went: at how many seconds which work of which step was done. The lines are <c>seconds step kind done of</c>; a step
/// begins with <c>begin</c>. The first line says what was expected.
/// </summary>
internal sealed record RecordedRun(IReadOnlyDictionary<WorkKind, int> Expected, IReadOnlyList<RecordedRun.Moment> Moments)
{
    private const int Repeats = 3;

    public double Seconds => Moments[^1].At;

    public static RecordedRun Read(int rows)
    {
        using var reader = new StreamReader(typeof(RecordedRun).Assembly.GetManifestResourceStream($"{rows}-rows.txt")!);
        var expected = reader.ReadLine()!.Split(' ').Select(one => one.Split('='));
        var moments = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Moment.Read).ToList();
        return new(expected.ToDictionary(one => Enum.Parse<WorkKind>(one[0]), one => Number(one[1])), moments);
    }

    /// <summary>The run with its pace changed from a share of its time on, as where somebody else begins to use a core, or ends.</summary>
    /// <param name="times">How much longer each piece of work takes from there on.</param>
    public RecordedRun Slowed(double from, double times)
    {
        var turn = Seconds * from;
        return this with
        {
            Moments = [.. Moments.Select(one => one with { At = one.At <= turn ? one.At : turn + ((one.At - turn) * times) })],
        };
    }

    /// <summary>Feeds the moments to a forecast, and returns its figures after each.</summary>
    public IEnumerable<(double At, string Kind, double? Left, double Progress)> Replay()
    {
        var clock = new SetClock();
        var forecast = new RunForecast(isBuiltIn: true, before: TimeSpan.Zero, clock);
        foreach (var moment in Moments)
        {
            clock.Now = TimeSpan.FromSeconds(moment.At);
            if (moment.Kind == Moment.Begin)
            {
                forecast.Begin(WorkOf(moment.Step), After(moment.Step));
            }
            else if (moment.Of == 0)
            {
                forecast.Did(Enum.Parse<WorkKind>(moment.Kind), moment.Done, isNew: true);
            }
            else
            {
                forecast.DidOf(Enum.Parse<WorkKind>(moment.Kind), moment.Done, moment.Of);
            }

            yield return (moment.At, moment.Kind, forecast.Left?.TotalSeconds, forecast.Progress);
        }
    }

    private Dictionary<WorkKind, int> WorkOf(StepName step) =>
        step switch
        {
            StepName.CaptureBeforeMetrics => new() { [WorkKind.Answers] = SeedQuestions.Baseline.Length * Repeats },
            StepName.EnhanceModel => new() { [WorkKind.Start] = 3, [WorkKind.Training] = Expected[WorkKind.Training] },
            StepName.ValidateTraits => new() { [WorkKind.Answers] = SeedQuestions.Validation.Length },
            StepName.TestPerformance => new() { [WorkKind.Answers] = SeedQuestions.Performance.Length + SeedQuestions.EdgeCases.Length },
            StepName.CaptureAfterMetrics => new()
            {
                [WorkKind.Answers] = SeedQuestions.Baseline.Length * Repeats,
                [WorkKind.Losses] = Expected[WorkKind.Losses],
                [WorkKind.Retention] = Expected[WorkKind.Retention],
                [WorkKind.Start] = 2,
            },
            _ => [],
        };

    /// <summary>Before the datasets are read, nobody knows.</summary>
    private Dictionary<WorkKind, int>? After(StepName step) =>
        step < StepName.ConfigureTraits
            ? null
            : Enum.GetValues<StepName>()
                .Where(next => next > step)
                .SelectMany(WorkOf)
                .GroupBy(work => work.Key)
                .ToDictionary(work => work.Key, work => work.Sum(one => one.Value));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    internal sealed record Moment(double At, StepName Step, string Kind, int Done, int Of)
    {
        public const string Begin = "begin";

        public static Moment Read(string line)
        {
            var parts = line.Split(' ');
            return new(
                double.Parse(parts[0], CultureInfo.InvariantCulture),
                Enum.Parse<StepName>(parts[1]),
                parts[2],
                Number(parts[3]),
                Number(parts[4])
            );
        }
    }
}
