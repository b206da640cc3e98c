using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Overview;

/// <summary>
/// What the stored calls of one person say, and those of others over this person's keys. What was only tried, with a key or a model that is
/// not stored, says nothing of those that are. The database groups; little comes back, however many calls there were.
/// </summary>
internal static class OverviewSql
{
    /// <summary>Of how many answers of a provider, the last ones, times are told.</summary>
    private const int MostTimed = 2_000;

    public static FormattableString Days(Guid owner, Guid[] keys, DateTimeOffset since, DateTimeOffset yesterday) =>
        $"""
            select provider as Provider, (started_at at time zone 'UTC')::date as Day, count(*) as Calls, count(*) filter (where is_judged) as Judged,
              count(*) filter (where is_judged and outcome = 'Answered') as Answered, coalesce(sum(cost), 0) as Cost,
              count(*) filter (where cost is null) as Unpriced, count(*) filter (where is_estimate) as Estimated, count(*) filter (where owner_id <> {owner}) as Others,
              coalesce(sum(cost) filter (where owner_id <> {owner}), 0) as OthersCost,
              count(*) filter (where is_judged and started_at >= {yesterday}) as Lately,
              count(*) filter (where is_judged and started_at >= {yesterday} and outcome = 'Answered') as AnsweredLately
            from model_calls
            where (owner_id = {owner} or key_id = any({keys})) and started_at >= {since} and outcome <> 'Cached'
            group by 1, 2
            """;

    public static FormattableString Times(Guid owner, Guid[] keys, string[] providers, DateTimeOffset since, DateTimeOffset yesterday) =>
        $"""
            select asked.provider as Provider, timed.* from unnest({providers}) as asked(provider) cross join lateral (
              select percentile_cont(0.5) within group (order by duration_ms) as P50,
                percentile_cont(0.95) within group (order by duration_ms) as P95,
                percentile_cont(0.5) within group (order by duration_ms) filter (where started_at >= {yesterday}) as P50Lately,
                count(*) filter (where started_at >= {yesterday}) as Lately
              from (
                select duration_ms, started_at from model_calls
                where (owner_id = {owner} or key_id = any({keys})) and provider = asked.provider and outcome = 'Answered'
                  and started_at >= {since} and is_judged
                order by started_at desc limit {MostTimed}
              ) as answers
            ) as timed
            """;

    /// <param name="keys">The person's own, and nobody else's.</param>
    public static FormattableString Latest(Guid[] keys, DateTimeOffset since) =>
        $"""
            select latest.* from unnest({keys}) as asked(key) cross join lateral (
              select key_id as KeyId, provider as Provider, started_at as StartedAt, outcome as Outcome, error as Error, reason as Reason
              from model_calls
              where key_id = asked.key and started_at >= {since} and is_judged
              order by started_at desc limit 1
            ) as latest
            """;

    internal sealed record DayRow
    {
        public required string Provider { get; init; }
        public DateOnly Day { get; init; }
        public long Calls { get; init; }
        public long Judged { get; init; }
        public long Answered { get; init; }
        public decimal Cost { get; init; }
        public long Unpriced { get; init; }
        public long Estimated { get; init; }
        public long Others { get; init; }
        public decimal OthersCost { get; init; }
        public long Lately { get; init; }
        public long AnsweredLately { get; init; }
    }

    internal sealed record TimesRow
    {
        public required string Provider { get; init; }
        public double? P50 { get; init; }
        public double? P95 { get; init; }
        public double? P50Lately { get; init; }
        public long Lately { get; init; }
    }

    internal sealed record LatestRow
    {
        public Guid KeyId { get; init; }
        public required string Provider { get; init; }
        public DateTimeOffset StartedAt { get; init; }
        public required string Outcome { get; init; }
        public string? Error { get; init; }
        public string? Reason { get; init; }

        public bool IsRefusal => Error == nameof(ProviderErrorKind.BadKey);

        public bool IsOffline => Error is nameof(ProviderErrorKind.Unreachable) or nameof(ProviderErrorKind.Timeout);
    }
}
