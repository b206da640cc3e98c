namespace Republic.Core.Analytics;

/// <summary>Performance, cost and usage. Every figure is counted or summed from what is stored; nothing is estimated.</summary>
public sealed record AnalyticsReport
{
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }

    /// <summary>By which days begin and end.</summary>
    public string TimeZone { get; init; } = "UTC";

    public required AnalyticsGrouping GroupBy { get; init; }
    public required UsageFigures Total { get; init; }

    /// <summary>Null where nothing was answered in full.</summary>
    public required AnswerTimes? Times { get; init; }

    /// <summary>Those with the most tokens first; the many small ones are one at the end.</summary>
    public required IReadOnlyList<AnalyticsGroup> Groups { get; init; }

    /// <summary>A day and group without anything is left out.</summary>
    public required IReadOnlyList<UsageDay> Days { get; init; }

    public required IReadOnlyList<AnswerTimes> TimesByDay { get; init; }

    /// <summary>Newest first, at most <see cref="AnalyticsReader.MostVersions"/>.</summary>
    public required IReadOnlyList<VersionFigures> Versions { get; init; }

    public bool IsEmpty => Days.Count == 0 && Versions.Count == 0;
}
