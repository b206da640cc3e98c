using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Providers;

namespace Republic.Core.Tasks.Probes;

/// <summary>Has models probed in the background, one at a time, and keeps the results.</summary>
internal sealed class ProbeQueue(IDbContextFactory<RepublicDb> databases, ProbeAsker asker, TimeProvider time, ILogger<ProbeQueue> log)
    : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    private readonly Channel<Order> orders = Channel.CreateUnbounded<Order>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, Order> waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> failedAt = new(StringComparer.Ordinal);

    /// <summary>Completes when the model was probed; at once where that failed within the last hour.</summary>
    /// <param name="file">The key of its <see cref="ProbedModel"/>.</param>
    public Task ProbeAsync(string file, ModelTarget target)
    {
        if (failedAt.TryGetValue(file, out var failed) && time.GetUtcNow() - failed < RetryAfter)
        {
            return Task.CompletedTask;
        }

        var order = new Order(file, target);
        var first = waiting.GetOrAdd(file, order);
        if (ReferenceEquals(first, order))
        {
            orders.Writer.TryWrite(order);
        }

        return first.Ended.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var order in orders.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await ProbeAsync(order, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                failedAt[order.File] = time.GetUtcNow();
                log.LogWarning(error, "A model could not be given the three short tasks");
            }
            finally
            {
                waiting.TryRemove(order.File, out _);
                order.Ended.TrySetResult();
            }
        }
    }

    private async Task ProbeAsync(Order order, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.ProbedModels.AnyAsync(m => m.File == order.File, ct))
        {
            return;
        }

        if (await asker.AskAsync(order.Target, ct) is not { } right)
        {
            failedAt[order.File] = time.GetUtcNow();
            return;
        }

        // Another node may have probed it meanwhile.
        await db.Database.ExecuteSqlAsync(
            $"insert into probed_models (file, right_answers, probed_at) values ({order.File}, {right}, {time.GetUtcNow()}) on conflict do nothing",
            ct
        );
    }

    private sealed record Order(string File, ModelTarget Target)
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
