using Republic.Web.Pages.Charts;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>One kind of loss of several runs in one chart.</summary>
/// <param name="Name">Of the kind, as ids on the page have it.</param>
/// <param name="Runs">The name of the run of each line.</param>
public sealed record ComparedLosses(string Name, LineChart Chart, IReadOnlyList<string> Runs)
{
    public IEnumerable<LegendKey> Legend =>
        Chart.Lines.Zip(Runs, (line, run) => new LegendKey(run, Series.Line(line.Series), LegendShape.Line));

    /// <summary>The number of steps of each line, its first loss and its last.</summary>
    public IEnumerable<(string Run, string Steps, string First, string Last)> Rows =>
        Chart.Lines.Zip(
            Runs,
            (line, run) => (run, Figures.Count((long)line.Points[^1].X), Figures.Loss(line.Points[0].Y), Figures.Loss(line.Points[^1].Y))
        );
}
