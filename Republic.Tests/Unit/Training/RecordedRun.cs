using System.Globalization;
using Republic.Core.Training.Runs;

namespace Republic.Tests.Unit.Training;

/// <summary>
/// What a run told its forecast, and after how many seconds: <c>begin</c> with the pieces of work of a step, and behind <c>|</c> those of the
/// steps after it (<c>?</c> where they were not known); <c>more</c> pieces of a kind; pieces <c>done</c> of so many; pieces that are to
/// <c>drop</c>.
/// </summary>
internal sealed record RecordedRun(IReadOnlyList<(double At, string Call)> Calls)
{
    public double Seconds => Calls[^1].At;

    public static RecordedRun Read(int rows)
    {
        using var reader = new StreamReader(typeof(RecordedRun).Assembly.GetManifestResourceStream($"{rows}-rows.txt")!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2));
        return new([.. lines.Select(line => (double.Parse(line[0], CultureInfo.InvariantCulture), line[1]))]);
    }

    /// <summary>The run with its pace changed from a share of its time on, as where somebody else begins to use a core, or ends.</summary>
    /// <param name="times">How much longer each piece of work takes from there on.</param>
    public RecordedRun Slowed(double from, double times)
    {
        var turn = Seconds * from;
        return new([.. Calls.Select(one => (one.At <= turn ? one.At : turn + ((one.At - turn) * times), one.Call))]);
    }

    /// <summary>Makes the calls, and returns the forecast's figures after each.</summary>
    public IEnumerable<(double At, string Call, double? Left, double Progress)> Replay()
    {
        var clock = new SetClock();
        var forecast = new RunForecast(isBuiltIn: true, before: TimeSpan.Zero, clock);
        foreach (var (at, call) in Calls)
        {
            clock.Now = TimeSpan.FromSeconds(at);
            Make(forecast, call);
            yield return (at, call, forecast.Left?.TotalSeconds, forecast.Progress);
        }
    }

    private static void Make(RunForecast forecast, string call)
    {
        var words = call.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "begin":
                var sides = call["begin ".Length..].Split('|', StringSplitOptions.TrimEntries);
                forecast.Begin(Work(sides[0]), Work(sides[1]));
                break;
            case "more":
                forecast.Did(Kind(words[1]), Number(words[2]), isNew: true);
                break;
            case "done":
                forecast.DidOf(Kind(words[1]), Number(words[2]), Number(words[3]));
                break;
            case "drop":
                forecast.Drop(Kind(words[1]), Number(words[2]));
                break;
            default:
                throw new InvalidDataException($"There is no call “{call}”.");
        }
    }

    private static Dictionary<WorkKind, int>? Work(string text) =>
        text == "?"
            ? null
            : text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(one => one.Split('='))
                .ToDictionary(one => Kind(one[0]), one => Number(one[1]));

    private static WorkKind Kind(string text) => Enum.Parse<WorkKind>(text);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
