using System.Globalization;
using System.Text;

namespace Republic.Core.Analytics;

/// <summary>A report as tables for other programs (RFC 4180). A figure that is not known is empty, never 0.</summary>
public static class AnalyticsCsv
{
    private const string FormulaSigns = "=+-@\t\r";

    public static string Days(AnalyticsReport report)
    {
        var names = report.Groups.ToDictionary(group => group.Key ?? "", group => group.Name);
        return Table(
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
            ],
            report.Days.Select(day =>
                new object?[]
                {
                    day.Day,
                    day.Key,
                    names[day.Key ?? ""],
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
                }
            )
        );
    }

    public static string Versions(AnalyticsReport report) =>
        Table(
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
                }
            )
        );

    private static string Table(IEnumerable<string> head, IEnumerable<object?[]> rows)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', head).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Cell(object? value) =>
        value switch
        {
            null => "",
            string words => Quoted(words),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime at => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>A spreadsheet would compute what begins like a formula, so that gets an apostrophe in front.</summary>
    private static string Quoted(string words)
    {
        var safe = words.Length > 0 && FormulaSigns.Contains(words[0]) ? $"'{words}" : words;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"")}\"" : safe;
    }
}
