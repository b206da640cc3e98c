using Republic.Core.Training.Runs;
using Republic.Web.Pages.Charts;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Charts;

/// <summary>The losses of one run: as they were, smoothed, and of the rows held out. Nats per token.</summary>
public sealed record LossCurve(IReadOnlyList<ChartPoint> Training, IReadOnlyList<ChartPoint> Smoothed, IReadOnlyList<ChartPoint> Validation)
{
    /// <summary>How much of the earlier steps a smoothed point keeps.</summary>
    public const double Memory = 0.9;

    /// <summary>In the order of the series.</summary>
    public static IReadOnlyList<LegendKey> Legend { get; } =
    [
        new("training, smoothed", Series.Line(0), LegendShape.Line),
        new("validation", Series.Line(1), LegendShape.Line),
        new("training, as it was", $"{Series.Line(0)} ln-faint", LegendShape.Line),
    ];

    public bool IsEmpty => Training.Count == 0 && Validation.Count == 0;

    public int LastStep => Math.Max(Last(Training), Last(Validation));

    public static LossCurve Of(IReadOnlyList<LossPoint> points)
    {
        var training = Points(points, "train");
        return new(training, Smooth(training), Points(points, "validation"));
    }

    /// <summary>What the chart shows, in a sentence; <paramref name="of"/> is how many steps there will be, where that is known.</summary>
    public string Finding(int? of)
    {
        if (IsEmpty)
        {
            return "No loss yet";
        }

        var lines = new[] { (Points: Smoothed, Where: "in training"), (Points: Validation, Where: "on the rows held out") }
            .Where(line => line.Points.Count > 0)
            .ToList();
        // The rows held out are measured once in a while, and the last time is seldom the last step.
        var isAtOnce = lines.TrueForAll(line => Last(line.Points) == LastStep);
        var parts = lines.Select(line => $"{Said(line.Points)} {line.Where}{(isAtOnce ? "" : $" by step {Last(line.Points)}")}");
        return $"Loss {string.Join(" and ", parts)}{(isAtOnce ? $" by step {LastStep}" : "")}{(of is { } all ? $"{(isAtOnce ? "" : ",")} of {all}" : "")}";
    }

    /// <summary>Exponential, with the missing past at the beginning made up for: the first point is itself.</summary>
    internal static IReadOnlyList<ChartPoint> Smooth(IReadOnlyList<ChartPoint> raw)
    {
        var (sum, weight) = (0.0, 0.0);
        var smooth = new List<ChartPoint>(raw.Count);
        foreach (var point in raw)
        {
            (sum, weight) = ((sum * Memory) + point.Y, (weight * Memory) + 1);
            smooth.Add(point with { Y = sum / weight });
        }

        return smooth;
    }

    private static int Last(IReadOnlyList<ChartPoint> line) => line.Count == 0 ? 0 : (int)line[^1].X;

    private static string Said(IReadOnlyList<ChartPoint> line)
    {
        var (first, last) = (line[0].Y, line[^1].Y);
        return line.Count == 1
            ? $"is {Figures.Loss(last)}"
            : $"{(last < first ? "falls" : "rises")} from {Figures.Loss(first)} to {Figures.Loss(last)}";
    }

    /// <summary>A loss that is no number has no place in a chart.</summary>
    private static IReadOnlyList<ChartPoint> Points(IReadOnlyList<LossPoint> points, string kind) =>
        [
            .. points
                .Where(point => point.Kind == kind && double.IsFinite(point.Loss))
                .Select(point => new ChartPoint(point.Step, point.Loss)),
        ];
}
