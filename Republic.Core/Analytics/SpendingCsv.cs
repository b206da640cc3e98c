using Republic.Core.Providers.Calls;

namespace Republic.Core.Analytics;

/// <summary>What calls cost, as tables for other programs.</summary>
public static class SpendingCsv
{
    public static string Days(SpendingReport report)
    {
        var names = report.Groups.ToDictionary(group => group.Key, group => group.Name, StringComparer.Ordinal);
        return CsvTable.Of(
            [
                "day",
                report.GroupBy.ToString().ToLowerInvariant(),
                "name",
                "calls",
                "answered",
                "input_tokens",
                "output_tokens",
                "cost_usd",
                "unknown_calls",
                "estimated_calls",
                "stayed_calls",
                "judged_calls",
            ],
            report.Days.Select(day =>
                new object?[]
                {
                    day.Day,
                    day.Key,
                    names[day.Key],
                    day.Calls,
                    day.Answered,
                    day.InputTokens,
                    day.OutputTokens,
                    day.Cost,
                    day.UnknownCalls,
                    day.EstimatedCalls,
                    day.StayedCalls,
                    day.JudgedCalls,
                }
            )
        );
    }

    public static string Calls(IEnumerable<ModelCall> calls) =>
        CsvTable.Of(
            [
                "at",
                "route_id",
                "hop",
                "minion_id",
                "key_id",
                "purpose",
                "provider",
                "model",
                "outcome",
                "duration_ms",
                "first_token_ms",
                "input_tokens",
                "cached_tokens",
                "cache_write_tokens",
                "output_tokens",
                "reasoning_tokens",
                "cost_usd",
                "is_estimate",
                "price_source",
                "left_machine",
            ],
            calls.Select(call =>
                new object?[]
                {
                    call.StartedAt.UtcDateTime,
                    call.RouteId,
                    call.Hop,
                    call.MinionId,
                    call.KeyId,
                    call.Purpose.ToString().ToLowerInvariant(),
                    call.Provider,
                    call.Model,
                    call.Outcome.ToString().ToLowerInvariant(),
                    call.DurationMs,
                    call.FirstTokenMs,
                    call.InputTokens,
                    call.CachedTokens,
                    call.CacheWriteTokens,
                    call.OutputTokens,
                    call.ReasoningTokens,
                    call.Cost,
                    call.IsEstimate,
                    call.PriceSource?.ToString().ToLowerInvariant(),
                    call.LeftMachine,
                }
            )
        );
}
