using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Accounts;

/// <summary>
/// Begins, checks and ends sign-ins. A check is remembered for a few seconds, so that a busy page does not ask the database for each
/// of its fragments; on this node an end is known at once, on others after those seconds.
/// </summary>
public sealed class Sessions(IDbContextFactory<RepublicDb> contexts, IOptions<AccountOptions> options, TimeProvider time)
{
    internal const int ClientLength = 200;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SeenNoted = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> checkedAt = new();

    public async Task<Guid> BeginAsync(Guid personId, string client, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var forgotten = now - options.Value.SessionRest;
        await db.Sessions.Where(s => s.PersonId == personId && s.SeenAt < forgotten).ExecuteDeleteAsync(ct);
        var session = new Session
        {
            PersonId = personId,
            Client = client.Length <= ClientLength ? client : client[..ClientLength],
            CreatedAt = now,
            SeenAt = now,
        };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(ct);
        return session.Id;
    }

    public async Task<bool> IsLiveAsync(Guid sessionId, Guid personId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (checkedAt.TryGetValue(sessionId, out var at) && now - at < Remembered)
        {
            return true;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var session = await db.Sessions.FirstOrDefaultAsync(s => s.Id == sessionId && s.PersonId == personId, ct);
        Forget(now);
        if (session is null || now - session.SeenAt > options.Value.SessionRest)
        {
            return false;
        }

        if (now - session.SeenAt > SeenNoted)
        {
            session.SeenAt = now;
            await db.SaveChangesAsync(ct);
        }

        checkedAt[sessionId] = now;
        return true;
    }

    public async Task EndAsync(Guid sessionId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Sessions.Where(s => s.Id == sessionId).ExecuteDeleteAsync(ct);
        checkedAt.TryRemove(sessionId, out _);
    }

    /// <param name="kept">The session that asks, or null to end all.</param>
    public async Task EndOthersAsync(Guid personId, Guid? kept, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Sessions.Where(s => s.PersonId == personId && s.Id != kept).ExecuteDeleteAsync(ct);
        checkedAt.Clear();
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (id, at) in checkedAt)
        {
            if (now - at >= Remembered)
            {
                checkedAt.TryRemove(id, out _);
            }
        }
    }
}
