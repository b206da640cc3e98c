using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Backups.Schedules;

/// <summary>Says to the pages of all superusers that a backup began or ended: its job belongs to one of them.</summary>
public sealed class BackupEvents(IDbContextFactory<RepublicDb> databases, LiveEvents live)
{
    internal async Task PublishAsync(Guid backup, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var superuser in await db.Users.Administering().Select(p => p.Id).ToListAsync(ct))
        {
            live.Publish(superuser, new LiveEvent("backup.changed", backup, null));
        }
    }
}
