using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Listings;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Overview;

/// <summary>The providers that a person has set up, and how each is doing.</summary>
public sealed class ProviderOverview(
    IDbContextFactory<RepublicDb> databases,
    ProviderCatalog catalog,
    UpstreamHealth health,
    CredentialCache credentials,
    TimeProvider time
)
{
    private const int DaysShown = 30;

    /// <summary>From fewer answers no speed is concluded.</summary>
    private const int Enough = 5;

    /// <summary>In the catalogue's order.</summary>
    public async Task<IReadOnlyList<ProviderCard>> ReadAsync(Guid owner, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var since = new DateTimeOffset(today.AddDays(1 - DaysShown), TimeOnly.MinValue, TimeSpan.Zero);
        var yesterday = now.AddDays(-1);
        await using var db = await databases.CreateDbContextAsync(ct);
        var keys = await db.Credentials.AsNoTracking().OwnedBy(owner).OrderBy(c => c.Id).ToListAsync(ct);
        var minions = await db
            .Minions.OwnedBy(owner)
            .Where(m => m.DeletedAt == null)
            .OrderBy(m => m.Citizen.DisplayName)
            .Select(m => new OwnWay(m.Id, m.Provider, m.Citizen.DisplayName, m.BaseUrl, m.SealedApiKey != null, m.UpdatedAt))
            .ToListAsync(ct);
        var rows = catalog
            .Rows.Where(row => keys.Exists(k => k.Provider == row.Name) || minions.Exists(m => m.Provider == row.Name))
            .ToList();
        Guid[] ways = [.. keys.Select(key => key.Id), .. minions.Select(minion => minion.Id)];
        Guid[] own = [.. keys.Select(key => key.Id)];
        string[] names = [.. rows.Select(row => row.Name)];
        var days = await db.Database.SqlQuery<OverviewSql.DayRow>(OverviewSql.Days(owner, own, since, yesterday)).ToListAsync(ct);
        var latest = await db.Database.SqlQuery<OverviewSql.LatestRow>(OverviewSql.Latest(ways, since)).ToListAsync(ct);
        var times = await db
            .Database.SqlQuery<OverviewSql.TimesRow>(OverviewSql.Times(owner, own, names, since, yesterday))
            .ToListAsync(ct);
        var shared = (await credentials.OfAsync(owner, ct)).Shared;
        var lists = await db.ProviderLists.AsNoTracking().OwnedBy(owner).Where(list => list.ReadAt != null).ToListAsync(ct);
        return
        [
            .. rows.Select(row =>
                Card(
                    row,
                    keys.FindAll(key => key.Provider == row.Name),
                    minions.FindAll(minion => minion.Provider == row.Name),
                    latest.FindAll(call => call.Provider == row.Name),
                    days.FindAll(day => day.Provider == row.Name),
                    times.Find(timed => timed.Provider == row.Name),
                    today
                ) with
                {
                    UsesShared = !keys.Exists(key => key.Provider == row.Name) && shared.Any(key => key.Provider == row.Name),
                    ModelsFound = Found(row),
                    ListedAt = Of(row).Max(list => list.ReadAt),
                }
            ),
        ];

        IEnumerable<ProviderList> Of(ProviderRow row) => lists.Where(list => list.Provider == row.Name);

        // A model that several keys were told of at the same server is one.
        int? Found(ProviderRow row) =>
            Of(row).Any()
                ? Of(row).SelectMany(list => list.Present.Select(known => (list.BaseUrl, known.Model.Id))).Distinct().Count()
                : null;
    }

    private ProviderCard Card(
        ProviderRow row,
        List<Credential> keys,
        List<OwnWay> minions,
        List<OverviewSql.LatestRow> latest,
        List<OverviewSql.DayRow> days,
        OverviewSql.TimesRow? times,
        DateOnly today
    )
    {
        var cards = keys.ConvertAll(key => Card(row, key, latest.Find(call => call.KeyId == key.Id)));
        var own = minions.FindAll(minion => minion.HasKey);
        var refused = own.ConvertAll(minion => latest.Find(call => call.KeyId == minion.Id && call.StartedAt >= minion.ChangedAt))
            .Find(call => call?.IsRefusal == true);
        var refusal = cards.Find(card => card.Refusal is not null)?.Refusal ?? refused?.Reason;
        var rest = cards.Select(card => card.Rest).Concat(minions.Select(minion => RestOf(row, minion.BaseUrl, minion.Id))).Max();
        return new ProviderCard(
            row,
            cards,
            [.. minions.Select(minion => minion.Name)],
            [.. Enumerable.Range(0, DaysShown).Select(i => Day(days, today.AddDays(i + 1 - DaysShown)))]
        )
        {
            Lately = (days.Sum(day => day.AnsweredLately), days.Sum(day => day.Lately)),
            State = State(refusal is not null, rest, latest.MaxBy(call => call.StartedAt), days, times),
            Rest = rest,
            Refusal = refusal,
            P50Ms = times?.P50,
            P95Ms = times?.P95,
        };
    }

    private KeyCard Card(ProviderRow row, Credential key, OverviewSql.LatestRow? call) =>
        new(
            key,
            call?.StartedAt,
            // What became of an earlier key says nothing about this one.
            call is { IsRefusal: true }
            && call.StartedAt >= key.KeySetAt
                ? call.Reason ?? ""
                : null,
            RestOf(row, key.BaseUrl, key.Id)
        );

    private TimeSpan? RestOf(ProviderRow row, string? baseUrl, Guid key) =>
        health.RestOf(new ModelTarget(row, "", baseUrl is null ? null : new Uri(baseUrl), null) { KeyId = key });

    private static ProviderState State(
        bool isRefused,
        TimeSpan? rest,
        OverviewSql.LatestRow? last,
        List<OverviewSql.DayRow> days,
        OverviewSql.TimesRow? times
    )
    {
        var lately = days.Sum(day => day.Lately);
        return isRefused ? ProviderState.KeyRefused
            : rest is not null ? ProviderState.Paused
            : days.Sum(day => day.Judged) == 0 ? ProviderState.NotUsed
            : last?.IsOffline == true ? ProviderState.Offline
            : lately == 0 ? ProviderState.NotToday
            : days.Sum(day => day.AnsweredLately) < 0.8 * lately ? ProviderState.Failing
            : times?.Lately >= Enough && times.P50Lately > 2 * times.P50 ? ProviderState.Slow
            : ProviderState.Healthy;
    }

    private static ProviderDay Day(List<OverviewSql.DayRow> days, DateOnly day) =>
        days.Find(row => row.Day == day) is { } row
            ? new(day, row.Calls, row.Judged, row.Answered, row.Cost, row.Unpriced, row.Estimated, row.Others, row.OthersCost)
            : new(day, 0, 0, 0, 0, 0);

    private sealed record OwnWay(Guid Id, string Provider, string Name, string? BaseUrl, bool HasKey, DateTimeOffset ChangedAt);
}
