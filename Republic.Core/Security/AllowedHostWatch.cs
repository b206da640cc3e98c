using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Security;

/// <summary>Keeps <see cref="AllowedHosts"/> as the database has it: from the start, by notice, and now and then since a notice may get lost.</summary>
public sealed class AllowedHostWatch : BackgroundService
{
    private const string Topic = "allowed-hosts";
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(10);

    private readonly AllowedHosts allowed;
    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly NodeNotices notices;
    private readonly TimeProvider time;
    private readonly ILogger<AllowedHostWatch> log;
    private readonly SemaphoreSlim wake = new(0);

    public AllowedHostWatch(
        AllowedHosts allowed,
        IDbContextFactory<RepublicDb> databases,
        NodeNotices notices,
        TimeProvider time,
        ILogger<AllowedHostWatch> log
    )
    {
        (this.allowed, this.databases, this.notices, this.time, this.log) = (allowed, databases, notices, time, log);
        notices.OnNotice(Topic, _ => wake.Release());
    }

    public async Task ChangedAsync(CancellationToken ct)
    {
        notices.Send(Topic, "");
        await ReadAsync(ct);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await DatabaseStart.RunAsync(() => ReadAsync(cancellationToken), log, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wake.WaitAsync(CacheLifetime, stoppingToken);
                await ReadAsync(stoppingToken);
            }
            catch (Exception e) when (DatabaseFaults.IsTransient(e))
            {
                log.LogWarning("Allowed hosts stay as they are, the database is away: {Reason}", e.GetBaseException().Message);
                await Task.Delay(CacheLifetime, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        allowed.Replace(await db.AllowedHosts.AsNoTracking().Select(host => host.Host).ToListAsync(ct));
    }
}
