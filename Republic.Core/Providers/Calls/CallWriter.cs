using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Core.Providers.Calls;

/// <summary>
/// Stores calls in batches. At a clean end everything is stored, in a file for the next start where the database is away; at kill -9 at
/// most what came in the last moments is lost.
/// </summary>
internal sealed class CallWriter(
    CallLog calls,
    IDbContextFactory<RepublicDb> databases,
    DataFolder data,
    TimeProvider time,
    ILogger<CallWriter> log
) : BackgroundService
{
    private const int MostAtOnce = 2_000;

    /// <summary>Not waited for more than these: a large batch keeps the database's processor from answers that are under way.</summary>
    private const int Enough = 200;

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Step = Gather / 10;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource patience = new();
    private readonly Leftovers<ModelCall> leftovers = new(data, "calls", log);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        calls.Close();
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
        var batch = new List<ModelCall>();
        while (batch.Count > 0 || await calls.Written.WaitToReadAsync(CancellationToken.None))
        {
            for (var gathered = TimeSpan.Zero; gathered < Gather && calls.Written.Count < Enough; gathered += Step)
            {
                await Task.Delay(Step, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            while (batch.Count < MostAtOnce && calls.Written.TryRead(out var call))
            {
                batch.Add(call);
            }

            try
            {
                await StoreAsync(batch, patience.Token);
                batch.Clear();
            }
            catch (Exception e)
                when (e is NpgsqlException or InvalidOperationException or TimeoutException || patience.IsCancellationRequested)
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    while (calls.Written.TryRead(out var call))
                    {
                        batch.Add(call);
                    }

                    leftovers.Leave(batch);
                    return;
                }

                log.LogWarning("{Calls} calls are not written down yet, the database is away: {Reason}", batch.Count, e.Message);
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
                await leftovers.TakeInAsync(WriteAllAsync, ct);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException || ct.IsCancellationRequested)
            {
                log.LogWarning("Calls of the last run wait, the database is away: {Reason}", e.Message);
                await Task.Delay(Retry, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Those that are written already are passed over by their keys.</summary>
    private async Task WriteAllAsync(Guid file, List<ModelCall> all, CancellationToken ct)
    {
        foreach (var batch in all.Chunk(MostAtOnce))
        {
            await StoreAsync([.. batch], ct);
        }
    }

    /// <summary>A row that the database refuses for what is in it must not keep all others out: it is found by halves, and left out.</summary>
    private async Task StoreAsync(List<ModelCall> batch, CancellationToken ct)
    {
        try
        {
            await WriteAsync(batch, ct);
        }
        catch (PostgresException e) when (!DatabaseFaults.IsTransient(e) && batch is [var only])
        {
            log.LogError("A call to {Provider} is not in the statistics, the database refuses it: {Reason}", only.Provider, e.MessageText);
        }
        catch (PostgresException e) when (!DatabaseFaults.IsTransient(e))
        {
            await StoreAsync(batch[..(batch.Count / 2)], ct);
            await StoreAsync(batch[(batch.Count / 2)..], ct);
        }
    }

    private async Task WriteAsync(List<ModelCall> batch, CancellationToken ct)
    {
        T[] All<T>(Func<ModelCall, T> of) => [.. batch.Select(of)];
        await using var db = await databases.CreateDbContextAsync(ct);
        // Whoever deleted their account meanwhile has no calls any more.
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into model_calls (
                route_id, owner_id, hop, minion_id, key_id, purpose, provider, model, outcome, error, reason, started_at, duration_ms,
                first_token_ms, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost, cache_write_tokens, is_estimate,
                price_source, left_machine)
            select * from unnest(
                {All(c => c.RouteId)}, {All(c => c.OwnerId)}, {All(c => c.Hop)}, {All(c => c.MinionId)},
                {All(c => c.KeyId)}, {All(c => c.Purpose.ToString())}, {All(c => c.Provider)}, {All(c => c.Model)},
                {All(c => c.Outcome.ToString())}, {All(c => c.Error?.ToString())}, {All(c => c.Reason)}, {All(c => c.StartedAt)}, {All(c =>
                c.DurationMs
            )},
                {All(c => c.FirstTokenMs)}, {All(c => c.InputTokens)}, {All(c => c.OutputTokens)}, {All(c => c.CachedTokens)},
                {All(c => c.ReasoningTokens)}, {All(c => c.Cost)}, {All(c => c.CacheWriteTokens)},
                {All(c => c.IsEstimate)}, {All(c => c.PriceSource?.ToString())}, {All(c => c.LeftMachine)}) as call(route_id, owner_id)
            where exists (select from people where people.id = call.owner_id)
            on conflict (route_id, hop) do nothing
            """,
            ct
        );
    }
}
