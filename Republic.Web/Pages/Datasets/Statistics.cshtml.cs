using Microsoft.AspNetCore.Mvc;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

public sealed class StatisticsModel(DatasetCards cards, DatasetRows rows) : DatasetPage(cards, rows)
{
    public override string Tab => "statistics";

    public VersionStatistics Statistics => Result!.Statistics;

    /// <summary>What to add so that a run over these rows can tell better from chance.</summary>
    public string? Advice => Statistics.Advice;

    public Histogram Tokens =>
        new(
            "h-tokens",
            $"Half of the rows have fewer than {Figures.Number(Histogram.Middle(Statistics.Tokens)?.To ?? 0)} tokens",
            "tokens",
            Statistics.Tokens
        );

    public Histogram Quality =>
        new(
            "h-quality",
            $"Half of the rows score {Figures.Number(Histogram.Middle(Statistics.Quality)?.From ?? 0)} or more",
            "quality",
            Statistics.Quality
        );

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync("_Statistics", _ => Task.CompletedTask, ct);
}
