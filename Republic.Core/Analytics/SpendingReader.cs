using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers;
using Republic.Core.Providers.Calls;

namespace Republic.Core.Analytics;

/// <summary>Sums up calls of models, whatever they were made for.</summary>
public sealed class SpendingReader(IDbContextFactory<RepublicDb> databases, ProviderCatalog catalog, TimeProvider time)
{
    /// <summary>More calls than this are no table for people; the newest are given.</summary>
    public const int MostCalls = 100_000;

    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>This month so far.</summary>
    public Task<SpendingReport> MonthAsync(Guid? person, SpendingGrouping group, CancellationToken ct) =>
        ReadAsync(person, new DateOnly(Today.Year, Today.Month, 1), Today, group, ct);

    /// <param name="person">Null for everybody's.</param>
    /// <param name="to">Included.</param>
    public async Task<SpendingReport> ReadAsync(Guid? person, DateOnly from, DateOnly to, SpendingGrouping group, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        Guid[] people = person is { } one ? [one] : [];
        var (start, end) = (At(from), At(to.AddDays(1)));
        var days = await db
            .Database.SqlQuery<SpendingDay>(
                $"""
                select (call.started_at at time zone 'UTC')::date as "Day",
                  case {group.ToString()} when 'Minion' then coalesce(call.minion_id::text, '') when 'Provider' then call.provider
                    when 'Model' then call.provider || '/' || call.model when 'Purpose' then call.purpose else call.owner_id::text end as "Key",
                  count(*) as "Calls", count(*) filter (where call.is_judged) as "JudgedCalls",
                  count(*) filter (where call.is_judged and call.outcome = 'Answered') as "Answered",
                  coalesce(sum(call.input_tokens), 0)::bigint as "InputTokens", coalesce(sum(call.output_tokens), 0)::bigint as "OutputTokens",
                  sum(call.cost) as "Cost", count(*) filter (where call.cost is null) as "UnknownCalls",
                  count(*) filter (where call.is_estimate) as "EstimatedCalls", count(*) filter (where not call.left_machine) as "StayedCalls"
                from model_calls call
                where call.started_at >= {start} and call.started_at < {end} and call.outcome <> 'Cached'
                  and (cardinality({people}) = 0 or call.owner_id = any({people}))
                group by 1, 2 order by 1, 2
                """
            )
            .ToListAsync(ct);
        var names = await NamesAsync(db, group, [.. days.Select(day => day.Key).Distinct()], ct);
        return new SpendingReport(
            from,
            to,
            group,
            SpendingFigures.Sum(days),
            [
                .. days.GroupBy(day => day.Key)
                    .Select(key => new SpendingGroup(key.Key, names.GetValueOrDefault(key.Key, key.Key), SpendingFigures.Sum(key)))
                    .OrderByDescending(key => key.Figures.Cost ?? 0)
                    .ThenByDescending(key => key.Figures.Calls)
                    .ThenBy(key => key.Name, StringComparer.Ordinal),
            ],
            days
        );
    }

    /// <summary>Every call, and every answer from memory, newest first.</summary>
    public async Task<IReadOnlyList<ModelCall>> CallsAsync(Guid? person, DateOnly from, DateOnly to, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (start, end) = (At(from), At(to.AddDays(1)));
        return await db
            .ModelCalls.AsNoTracking()
            .Where(c => c.StartedAt >= start && c.StartedAt < end && (person == null || c.OwnerId == person))
            .OrderByDescending(c => c.StartedAt)
            .Take(MostCalls)
            .ToListAsync(ct);
    }

    private async Task<Dictionary<string, string>> NamesAsync(
        RepublicDb db,
        SpendingGrouping group,
        IReadOnlyList<string> keys,
        CancellationToken ct
    )
    {
        if (group is SpendingGrouping.Minion or SpendingGrouping.Person)
        {
            var ids = keys.Where(key => key.Length > 0).Select(Guid.Parse).ToList();
            var names = await db.Citizens.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id.ToString(), c => c.DisplayName, ct);
            names[""] = "No minion";
            return names;
        }

        return keys.ToDictionary(key => key, key => group == SpendingGrouping.Provider ? catalog.Find(key)?.DisplayName ?? key : key);
    }

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
