using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Machine;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Episodes.Playing;

/// <summary>
/// Has a model asked only as long as its timeline waits for the answer: a call that hangs would else keep the job, one of the few of its person, until the
/// provider gives up.
/// </summary>
internal sealed class CallWatchdog(IDbContextFactory<RepublicDb> databases, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <exception cref="ProviderException">There is no answer, or it is not waited for any more.</exception>
    public async Task<LabelChoice> AskAsync(NextStep next, Func<CancellationToken, Task<LabelChoice>> ask, CancellationToken ct)
    {
        using var call = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var answered = new CancellationTokenSource();
        var watch = WatchAsync(next, call, answered.Token);
        try
        {
            return await ask(call.Token);
        }
        catch (Exception e) when (call.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new ProviderException(ProviderErrorKind.Interrupted, "", EventRefusals.Stale, e) { WasGivenUp = true };
        }
        finally
        {
            await answered.CancelAsync();
            await watch;
        }
    }

    private async Task WatchAsync(NextStep next, CancellationTokenSource call, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                if (!await IsAwaitedAsync(next, ct))
                {
                    await call.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // There is nothing to watch any more.
        }
    }

    /// <summary>Somebody else may play the role by now, a person may have ended the episode, or deleted it.</summary>
    private async Task<bool> IsAwaitedAsync(NextStep next, CancellationToken ct)
    {
        var (id, ask) = (next.Timeline.Id, next.State.Ask);
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var now = await db.Timelines.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
            return now is not null && now.State.Ask == ask;
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e))
        {
            // It is away for a moment, and the answer may well be wanted.
            return true;
        }
    }
}
