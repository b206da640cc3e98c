namespace Republic.Core.Analytics;

/// <summary>A report as tables for other programs.</summary>
public static class AnalyticsCsv
{
    public static string Days(AnalyticsReport report)
    {
        // No minion has the empty key, all others have none.
        var names = report.Groups.ToDictionary(group => (group.Key is null, group.Key), group => group.Name);
        return CsvTable.Of(
            [
                "day",
                report.GroupBy.ToString().ToLowerInvariant(),
                "name",
                "runs_completed",
                "runs_failed",
                "runs_stopped",
                "run_seconds",
                "xp",
                "answers",
                "answers_completed",
                "training_calls",
                "prompt_tokens",
                "completion_tokens",
                "cost_usd",
                "unpriced_calls",
                "uncounted_calls",
                "outside_answers",
                "outside_answers_completed",
            ],
            report.Days.Select(day =>
                new object?[]
                {
                    day.Day,
                    day.Key,
                    names[(day.Key is null, day.Key)],
                    day.RunsCompleted,
                    day.RunsFailed,
                    day.RunsStopped,
                    Math.Round(day.RunSeconds, 3),
                    day.Xp,
                    day.Answers,
                    day.AnswersCompleted,
                    day.TrainingCalls,
                    day.PromptTokens,
                    day.CompletionTokens,
                    day.Cost,
                    day.UnpricedCalls,
                    day.UncountedCalls,
                    day.OutsideAnswers,
                    day.OutsideAnswersCompleted,
                }
            )
        );
    }

    public static string Versions(AnalyticsReport report) =>
        CsvTable.Of(
            [
                "at",
                "minion_id",
                "minion",
                "version",
                "job_id",
                "job",
                "promoted",
                "verdict",
                "before_quality",
                "after_quality",
                "before_trait_score",
                "after_trait_score",
                "validation_loss_before",
                "validation_loss_after",
                "before_seconds",
                "after_seconds",
                "xp",
                "chat_answers",
                "chat_answers_completed",
                "chat_median_ms",
                "chat_rated",
                "chat_mean_score",
            ],
            report.Versions.Select(version =>
                new object?[]
                {
                    version.At.UtcDateTime,
                    version.MinionId,
                    version.MinionName,
                    version.Version,
                    version.JobId,
                    version.JobName,
                    version.Promoted ? "true" : "false",
                    version.Verdict,
                    version.BeforeQuality,
                    version.AfterQuality,
                    version.BeforeTraitScore,
                    version.AfterTraitScore,
                    version.BeforeLoss,
                    version.AfterLoss,
                    version.BeforeSeconds,
                    version.AfterSeconds,
                    version.Xp,
                    version.Answers,
                    version.AnswersCompleted,
                    version.MedianMs,
                    version.Rated,
                    version.MeanScore,
                }
            )
        );
}
