namespace Republic.Core.Analytics;

/// <summary>Counts and sums of what is stored.</summary>
public record UsageFigures
{
    public long RunsCompleted { get; init; }
    public long RunsFailed { get; init; }

    /// <summary>By a person, or paused by a limit.</summary>
    public long RunsStopped { get; init; }

    /// <summary>Working time of those runs, all attempts together.</summary>
    public double RunSeconds { get; init; }

    /// <summary>Experience that runs brought.</summary>
    public decimal Xp { get; init; }

    /// <summary>In chats and to outside clients; those that failed or were stopped, too.</summary>
    public long Answers { get; init; }
    public long AnswersCompleted { get; init; }

    /// <summary>Calls of models that runs made; a judge's count for the judge.</summary>
    public long TrainingCalls { get; init; }

    /// <summary>The part of <see cref="Answers"/> that went to outside clients.</summary>
    public long OutsideAnswers { get; init; }
    public long OutsideAnswersCompleted { get; init; }

    /// <summary>Of all calls, whatever they were made for, as the models' servers counted them.</summary>
    public long PromptTokens { get; init; }
    public long CompletionTokens { get; init; }

    /// <summary>In dollars, of the calls whose price is known; null where none is.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Calls with tokens that some provider may charge, and nobody knows how much.</summary>
    public long UnpricedCalls { get; init; }

    /// <summary>Completed calls whose server did not say how many tokens they took: missing in the sums.</summary>
    public long UncountedCalls { get; init; }

    public long Runs => RunsCompleted + RunsFailed + RunsStopped;

    public long Tokens => PromptTokens + CompletionTokens;

    public static UsageFigures Sum(IEnumerable<UsageFigures> all) =>
        all.Aggregate(
            new UsageFigures(),
            (sum, one) =>
                new()
                {
                    RunsCompleted = sum.RunsCompleted + one.RunsCompleted,
                    RunsFailed = sum.RunsFailed + one.RunsFailed,
                    RunsStopped = sum.RunsStopped + one.RunsStopped,
                    RunSeconds = sum.RunSeconds + one.RunSeconds,
                    Xp = sum.Xp + one.Xp,
                    Answers = sum.Answers + one.Answers,
                    AnswersCompleted = sum.AnswersCompleted + one.AnswersCompleted,
                    TrainingCalls = sum.TrainingCalls + one.TrainingCalls,
                    OutsideAnswers = sum.OutsideAnswers + one.OutsideAnswers,
                    OutsideAnswersCompleted = sum.OutsideAnswersCompleted + one.OutsideAnswersCompleted,
                    PromptTokens = sum.PromptTokens + one.PromptTokens,
                    CompletionTokens = sum.CompletionTokens + one.CompletionTokens,
                    Cost = one.Cost is null ? sum.Cost : (sum.Cost ?? 0) + one.Cost,
                    UnpricedCalls = sum.UnpricedCalls + one.UnpricedCalls,
                    UncountedCalls = sum.UncountedCalls + one.UncountedCalls,
                }
        );
}
