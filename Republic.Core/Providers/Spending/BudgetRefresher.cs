using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Providers.Prices;

namespace Republic.Core.Providers.Spending;

/// <summary>
/// Keeps budgets and prices in memory as the database has them, and tells the database what was spent. A change made here is known here at
/// once and on other nodes by notice; as a notice may get lost, all is read again from time to time.
/// </summary>
internal sealed class BudgetRefresher(
    BudgetBook book,
    BudgetLeases leases,
    PriceBook prices,
    IDbContextFactory<RepublicDb> databases,
    NodeNotices notices,
    ILogger<BudgetRefresher> log
) : BackgroundService
{
    private const string Topic = "spending";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unused = TimeSpan.FromSeconds(5);
    private const int BeatsToRenew = 15;
    private const int BeatsToRead = 30;

    private volatile bool hasNews;

    /// <summary>Before anything is served: a limit that is not known yet would be none.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await DatabaseStart.RunAsync(() => ReadAsync(cancellationToken), log, cancellationToken);
        notices.OnNotice(Topic, _ => hasNews = true);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>To be called when a budget or a price was changed here.</summary>
    public async Task ChangedAsync()
    {
        notices.Send(Topic, "");
        try
        {
            await ReadAsync(CancellationToken.None);
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e))
        {
            hasNews = true;
            log.LogWarning("A changed budget or price is read a second later, the database is away: {Reason}", e.Message);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await KeepAsync(_ => true, givesBack: _ => true, cancellationToken);
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e))
        {
            log.LogWarning("Slices of budgets come back in a minute only, the database is away: {Reason}", e.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var beat = 1; !stoppingToken.IsCancellationRequested; beat++)
        {
            await Task.Delay(Beat, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var renews = beat % BeatsToRenew == 0;
                await KeepAsync(
                    account => renews || account.HasSpent || account.Unused > Unused,
                    account => account.Unused > Unused,
                    stoppingToken
                );
                if (hasNews || beat % BeatsToRead == 0)
                {
                    hasNews = false;
                    await ReadAsync(stoppingToken);
                }
            }
            catch (Exception e) when (DatabaseFaults.IsTransient(e))
            {
                hasNews = true;
                log.LogWarning("Budgets are not kept up, the database is away: {Reason}", e.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        prices.Take(await db.PriceOverrides.AsNoTracking().ToListAsync(ct));
        book.Take(await db.Budgets.AsNoTracking().ToListAsync(ct));
    }

    private async Task KeepAsync(Func<BudgetAccount, bool> which, Func<BudgetAccount, bool> givesBack, CancellationToken ct)
    {
        foreach (var meter in book.Meters)
        {
            foreach (var account in meter.Accounts)
            {
                if (account.IsOpen && which(account))
                {
                    await leases.SyncAsync(account, 0, givesBack(account), ct);
                }
            }
        }
    }
}
