using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Tools.Servers;

/// <summary>Saves the tools that servers list, and why they could not be read.</summary>
public sealed class ToolServerRecords(IDbContextFactory<RepublicDb> databases, LiveEvents live, TimeProvider time)
{
    /// <param name="server">The server as it was when it was asked. Where it is gone or has another address by now, nothing is saved.</param>
    /// <param name="said">Its tools, or why they could not be read.</param>
    internal async Task SaveAsync(ToolServer server, Outcome<ToolListing> said, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // As whoever changes the server does.
        await AdvisoryLocks.TakeAsync(db, server.OwnerId, AdvisoryLocks.Additions, ct);
        if (await db.ToolServers.SingleOrDefaultAsync(s => s.Id == server.Id && s.Url == server.Url, ct) is not { } row)
        {
            return;
        }

        if (said.Ok)
        {
            var allowed = await db
                .MinionTools.Where(t => t.ServerId == row.Id && t.AllowedHash != null)
                .Select(t => t.AllowedHash!)
                .Distinct()
                .ToListAsync(ct);
            row.Take(said.Value, allowed.ToHashSet(StringComparer.Ordinal), time.GetUtcNow());
        }
        else
        {
            row.Error = said.Failure.Message;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        live.Publish(row.OwnerId, new LiveEvent(ToolServerEditor.Changed, row.Id, null));
    }

    /// <summary>Notes that the server wants a sign-in. Where it is gone or has another address by now, nothing is noted.</summary>
    internal async Task WantSignInAsync(ToolServer server, string message, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db
            .ToolServers.Where(s => s.Id == server.Id && s.Url == server.Url)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.NeedsSignIn, true).SetProperty(s => s.Error, message), ct);
        live.Publish(server.OwnerId, new LiveEvent(ToolServerEditor.Changed, server.Id, null));
    }
}
