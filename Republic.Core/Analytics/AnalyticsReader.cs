using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Analytics;

/// <summary>Sums up what is stored. The database groups; what comes back is bounded by days and groups, however much there is.</summary>
public sealed class AnalyticsReader(IDbContextFactory<RepublicDb> databases, ProviderCatalog catalog, TimeProvider time)
{
    public const int MostVersions = 200;

    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public async Task<Outcome<AnalyticsReport>> ReadAsync(AnalyticsQuery query, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (
            query.Minion is { } minion
            && !await db.Minions.AnyAsync(m => m.Id == minion && (query.Person == null || m.OwnerId == query.Person), ct)
        )
        {
            return Failure.NotFound("minion");
        }

        var scope = new UsageScope(
            query.Person is { } person ? [person] : [],
            query.Minion is { } one ? [one] : [],
            [.. catalog.Rows.Where(row => row.Transport == ProviderTransport.ModelHost).Select(row => row.Name)]
        );
        var days = await db.Database.SqlQuery<UsageDay>(UsageSql.Days(query, scope)).ToListAsync(ct);
        var times = await db.Database.SqlQuery<AnswerTimes>(UsageSql.Times(query, scope)).ToListAsync(ct);
        var versions = await db.Database.SqlQuery<VersionFigures>(UsageSql.Versions(query, scope, MostVersions)).ToListAsync(ct);
        return new AnalyticsReport
        {
            From = query.From,
            To = query.To,
            GroupBy = query.Group,
            Total = UsageFigures.Sum(days),
            Times = times.Find(one => one is { Day: null, Key: null }),
            Groups = await GroupsAsync(db, query.Group, days, times, ct),
            Days = days,
            TimesByDay = times.FindAll(one => one.Day is not null),
            Versions = versions,
        };
    }

    private async Task<IReadOnlyList<AnalyticsGroup>> GroupsAsync(
        RepublicDb db,
        AnalyticsGrouping grouping,
        List<UsageDay> days,
        List<AnswerTimes> times,
        CancellationToken ct
    )
    {
        var keys = days.Where(day => day.Key is not null).Select(day => day.Key!).Distinct().ToList();
        var names = await NamesAsync(db, grouping, keys, ct);
        return
        [
            .. days.GroupBy(day => day.Key)
                .Select(group => new AnalyticsGroup(
                    group.Key,
                    group.Key is null ? "All others" : names.GetValueOrDefault(group.Key, group.Key),
                    UsageFigures.Sum(group),
                    group.Key is null ? null : times.Find(one => one.Day is null && one.Key == group.Key)
                ))
                .OrderBy(group => group.Key is null)
                .ThenByDescending(group => group.Figures.Tokens)
                .ThenBy(group => group.Name, StringComparer.Ordinal),
        ];
    }

    private async Task<Dictionary<string, string>> NamesAsync(
        RepublicDb db,
        AnalyticsGrouping grouping,
        List<string> keys,
        CancellationToken ct
    )
    {
        if (grouping == AnalyticsGrouping.Provider)
        {
            return keys.ToDictionary(key => key, key => catalog.Find(key)?.DisplayName ?? key);
        }

        var ids = keys.Where(key => key.Length > 0).Select(Guid.Parse).ToList();
        var names = await db.Citizens.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id.ToString(), c => c.DisplayName, ct);
        names[""] = "No minion";
        return names;
    }
}
