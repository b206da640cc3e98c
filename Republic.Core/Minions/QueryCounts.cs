using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Core.Minions;

/// <summary>Counts outside clients' queries in batches, so that a call never waits for a write. What is counted at the end is written at the end.</summary>
public sealed class QueryCounts(IDbContextFactory<RepublicDb> databases, TimeProvider time, ILogger<QueryCounts> log) : BackgroundService
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly Channel<Query> counted = Channel.CreateBounded<Query>(
        new BoundedChannelOptions(1_000_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    /// <param name="succeeded">The answer completed.</param>
    /// <param name="byKey">It came with the minion's own key, and counts against that key's day.</param>
    public void Add(Guid minion, bool succeeded, bool byKey) => counted.Writer.TryWrite(new Query(minion, succeeded, byKey));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        counted.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tally = new Dictionary<Guid, Tally>();
        while (await counted.Reader.WaitToReadAsync(CancellationToken.None) || tally.Count > 0)
        {
            await Task.Delay(Gather, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (counted.Reader.TryRead(out var query))
            {
                var sum = tally.GetValueOrDefault(query.Minion);
                tally[query.Minion] = new Tally(
                    sum.Queries + 1,
                    sum.Successes + (query.Succeeded ? 1 : 0),
                    sum.ByKey + (query.ByKey ? 1 : 0)
                );
            }

            try
            {
                await WriteAsync(tally);
                tally.Clear();
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
            {
                log.LogWarning("Counts of {Minions} minions wait, the database is away: {Reason}", tally.Count, e.Message);
                if (stoppingToken.IsCancellationRequested)
                {
                    return;
                }

                await Task.Delay(Retry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WriteAsync(Dictionary<Guid, Tally> tally)
    {
        var ids = tally.Keys.ToArray();
        var queries = tally.Values.Select(count => count.Queries).ToArray();
        var successes = tally.Values.Select(count => count.Successes).ToArray();
        var byKey = tally.Values.Select(count => count.ByKey).ToArray();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        await using var db = await databases.CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync(
            $"""
            update minions set
                total_queries = total_queries + counted.queries,
                successful_queries = successful_queries + counted.successes,
                republic_key_calls = counted.by_key + case when republic_key_day = {today} then republic_key_calls else 0 end,
                republic_key_day = {today}
            from unnest({ids}, {queries}, {successes}, {byKey}) as counted(id, queries, successes, by_key)
            where minions.id = counted.id
            """
        );
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Query(Guid Minion, bool Succeeded, bool ByKey);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Tally(long Queries, long Successes, long ByKey);
}
