using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Admin.Settings;

/// <summary>Brings stored settings into the configuration: when the server starts, and when one was changed on any node.</summary>
public sealed class StoredSettings : IHostedService, IDisposable
{
    private const string Topic = "settings";
    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly StoredSettingsSource source;
    private readonly NodeNotices notices;
    private readonly ILogger<StoredSettings> log;
    private readonly SemaphoreSlim loading = new(1, 1);

    public StoredSettings(
        IDbContextFactory<RepublicDb> databases,
        StoredSettingsSource source,
        NodeNotices notices,
        ILogger<StoredSettings> log
    )
    {
        (this.databases, this.source, this.notices, this.log) = (databases, source, notices, log);
        notices.OnNotice(Topic, _ => Reload());
        notices.OnListening(Reload);
    }

    public Task StartAsync(CancellationToken cancellationToken) =>
        DatabaseStart.RunAsync(() => LoadAsync(cancellationToken), log, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => loading.Dispose();

    internal async Task ChangedAsync(CancellationToken ct)
    {
        notices.Send(Topic, "");
        await LoadAsync(ct);
    }

    // Not on the listening connection, which must be quick.
    private void Reload() =>
        _ = Task.Run(async () =>
        {
            try
            {
                await LoadAsync(CancellationToken.None);
            }
            catch (Exception error)
            {
                log.LogWarning(error, "Settings that were changed are not in force here yet");
            }
        });

    private async Task LoadAsync(CancellationToken ct)
    {
        // One after the other: what was read earlier must not replace what was read later.
        await loading.WaitAsync(ct);
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            source.Replace(await db.StoredSettings.ToDictionaryAsync(s => s.Key, s => s.Value, ct));
        }
        finally
        {
            loading.Release();
        }
    }
}
