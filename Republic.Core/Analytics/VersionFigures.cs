namespace Republic.Core.Analytics;

/// <summary>What one run measured before and after, and how its version did in chats since. Null where it was not measured.</summary>
public sealed record VersionFigures
{
    public Guid MinionId { get; init; }
    public string MinionName { get; init; } = "";
    public int Version { get; init; }
    public Guid JobId { get; init; }
    public string JobName { get; init; } = "";
    public DateTimeOffset At { get; init; }

    /// <summary>By the run itself.</summary>
    public bool Promoted { get; init; }

    /// <summary>The minion answers with it now.</summary>
    public bool IsLive { get; init; }

    public string Verdict { get; init; } = "";

    /// <summary>Points from 0 to 100.</summary>
    public double? BeforeQuality { get; init; }
    public double? AfterQuality { get; init; }
    public double? BeforeTraitScore { get; init; }
    public double? AfterTraitScore { get; init; }

    /// <summary>Of rows held out, in nats per token.</summary>
    public double? BeforeLoss { get; init; }
    public double? AfterLoss { get; init; }

    /// <summary>Mean, to an answer.</summary>
    public double? BeforeSeconds { get; init; }
    public double? AfterSeconds { get; init; }

    public decimal Xp { get; init; }

    /// <summary>In chats, with this version.</summary>
    public long Answers { get; init; }
    public long AnswersCompleted { get; init; }
    public double? MedianMs { get; init; }

    /// <summary>The number of answers with a score.</summary>
    public long Rated { get; init; }

    /// <summary>The mean score of the rated answers, from 0 to 1; null where none was rated.</summary>
    public double? MeanScore { get; init; }
}
