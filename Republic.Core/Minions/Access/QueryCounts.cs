using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Core.Minions.Access;

/// <summary>
/// Counts outside clients' queries in batches, so that a call never waits for a write. At a clean end all is written: to the database
/// or, where it is away, to a file for the next start.
/// </summary>
public sealed class QueryCounts : BackgroundService
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <summary>A file that is older is not added: whether it was already is only remembered for so long.</summary>
    internal static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(3);

    private readonly Channel<QueryCount> counted = Channel.CreateBounded<QueryCount>(
        new BoundedChannelOptions(1_000_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );
    private readonly CancellationTokenSource patience = new();
    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly TimeProvider time;
    private readonly ILogger<QueryCounts> log;
    private readonly Leftovers<QueryCount> leftovers;

    public QueryCounts(IDbContextFactory<RepublicDb> databases, DataFolder data, TimeProvider time, ILogger<QueryCounts> log)
    {
        (this.databases, this.time, this.log) = (databases, time, log);
        leftovers = new Leftovers<QueryCount>(data, "counts", log);
    }

    /// <param name="provider">Whose model answered; null where none was asked.</param>
    /// <param name="succeeded">The answer completed.</param>
    /// <param name="byKey">It came with the minion's own key, and counts against that key's day.</param>
    public void Add(Guid minion, string? provider, bool succeeded, bool byKey) =>
        counted.Writer.TryWrite(
            new QueryCount(minion, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), provider, 1, succeeded ? 1 : 0, byKey ? 1 : 0)
        );

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        counted.Writer.TryComplete();
        // A host that is stopped twice has disposed of everything by the second time.
        if (ExecuteTask is { IsCompleted: false })
        {
            patience.CancelAfter(LastWrite);
        }

        await base.StopAsync(cancellationToken);
        // The host's patience may be used up by calls that ended late; theirs are what is left to write.
        await (ExecuteTask ?? Task.CompletedTask);
    }

    public override void Dispose()
    {
        patience.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TakeInAsync(stoppingToken);
        var tally = new Dictionary<(Guid Minion, DateOnly Day, string? Provider), QueryCount>();
        while (tally.Count > 0 || await counted.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await Task.Delay(Gather, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (counted.Reader.TryRead(out var query))
            {
                var key = (query.Minion, query.Day, query.Provider);
                var sum = tally.GetValueOrDefault(key) ?? query with { Queries = 0, Successes = 0, ByKey = 0 };
                tally[key] = sum with
                {
                    Queries = sum.Queries + query.Queries,
                    Successes = sum.Successes + query.Successes,
                    ByKey = sum.ByKey + query.ByKey,
                };
            }

            try
            {
                foreach (var day in tally.Values.GroupBy(count => count.Day).ToList())
                {
                    await AddAsync([.. day], null, patience.Token);
                    day.ToList().ForEach(count => tally.Remove((count.Minion, count.Day, count.Provider)));
                }
            }
            catch (Exception e)
                when (e is NpgsqlException or InvalidOperationException or TimeoutException || patience.IsCancellationRequested)
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    // An update meets each row once: a file for each day.
                    foreach (var day in tally.Values.GroupBy(count => count.Day))
                    {
                        leftovers.Leave([.. day]);
                    }

                    return;
                }

                log.LogWarning("Counts of {Minions} minions wait, the database is away: {Reason}", tally.Count, e.Message);
                await Task.Delay(Retry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeInAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await leftovers.TakeInAsync(TakeInAsync, ct);
                await ForgetAsync(ct);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException || ct.IsCancellationRequested)
            {
                log.LogWarning("Counts of the last run wait, the database is away: {Reason}", e.Message);
                await Task.Delay(Retry, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeInAsync(Guid file, List<QueryCount> counts, CancellationToken ct)
    {
        // Each file is of one day.
        if (counts.Exists(count => count.Day < DateOnly.FromDateTime((time.GetUtcNow() - Remembered).UtcDateTime)))
        {
            log.LogWarning("Counts of {Minions} minions are more than {Days} days old, and given up.", counts.Count, Remembered.Days);
            return;
        }

        await AddAsync(counts, file, ct);
    }

    /// <summary>Only a start takes files in, so only a start has batches to forget; a day more, since clocks differ.</summary>
    private async Task ForgetAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var until = time.GetUtcNow() - Remembered - TimeSpan.FromDays(1);
        await db.CountedBatches.Where(batch => batch.TakenInAt < until).ExecuteDeleteAsync(ct);
    }

    /// <param name="batch">Counts of a file, which are added once however often they are given.</param>
    private async Task AddAsync(List<QueryCount> counts, Guid? batch, CancellationToken ct)
    {
        T[] All<T>(Func<QueryCount, T> of) => [.. counts.Select(of)];
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            with fresh as (
                insert into counted_batches (id, taken_in_at) select {batch}::uuid, now() where {batch}::uuid is not null
                on conflict do nothing returning id),
            given as (
                select * from unnest({All(c => c.Minion)}, {All(c => c.Day)}, {All(c => c.Provider)},
                    {All(c => c.Queries)}, {All(c => c.Successes)}, {All(c => c.ByKey)})
                    as given(id, day, provider, queries, successes, by_key)
                where {batch}::uuid is null or exists (select from fresh)),
            counted as (
                update minions set
                    total_queries = total_queries + sums.queries,
                    successful_queries = successful_queries + sums.successes,
                    republic_key_calls = case
                        when republic_key_day = sums.day then republic_key_calls + sums.by_key
                        when republic_key_day > sums.day then republic_key_calls
                        else sums.by_key end,
                    republic_key_day = greatest(republic_key_day, sums.day)
                from (
                    select id, day, sum(queries)::bigint as queries, sum(successes)::bigint as successes, sum(by_key)::bigint as by_key
                    from given group by id, day) as sums
                where minions.id = sums.id
                returning minions.id, minions.provider)
            insert into answer_days as kept (minion_id, day, provider, answers, completed, outside, outside_completed)
            select id, day, coalesce(given.provider, counted.provider), sum(queries), sum(successes), sum(queries), sum(successes)
            from given join counted using (id) group by 1, 2, 3
            on conflict (minion_id, day, provider) do update set
                answers = kept.answers + excluded.answers, completed = kept.completed + excluded.completed,
                outside = kept.outside + excluded.outside, outside_completed = kept.outside_completed + excluded.outside_completed
            """,
            ct
        );
    }
}
