using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Audit;
using Republic.Core.Citizens;
using Republic.Core.Data;

namespace Republic.Core.Accounts;

/// <summary>
/// Begins, checks and ends sign-ins. A check is remembered for a few seconds, so that a busy page does not ask the database for each
/// of its fragments; on this node an end is known at once, on others after those seconds.
/// </summary>
public sealed class Sessions
{
    internal const int ClientLength = 200;
    internal const int MaxPerPerson = 200;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SeenNoted = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<Guid, CachedStanding> known = new();
    private readonly IDbContextFactory<RepublicDb> contexts;
    private readonly IOptions<AccountOptions> options;
    private readonly LastSeen seen;
    private readonly AuditLog audit;
    private readonly TimeProvider time;

    public Sessions(
        IDbContextFactory<RepublicDb> contexts,
        IOptions<AccountOptions> options,
        LastSeen seen,
        PersonChanges changes,
        AuditLog audit,
        TimeProvider time
    )
    {
        (this.contexts, this.options, this.seen, this.audit, this.time) = (contexts, options, seen, audit, time);
        changes.OnChanged(known.Clear);
    }

    /// <param name="refresh">The id of the refresh token that goes with it; null for a browser's session.</param>
    public async Task<Guid> BeginAsync(Guid personId, string client, Guid? refresh, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var forgotten = now - options.Value.SessionRest;
        await db.Sessions.Where(s => s.PersonId == personId && s.SeenAt < forgotten).ExecuteDeleteAsync(ct);
        var session = new Session
        {
            PersonId = personId,
            Client = client.AtMost(ClientLength),
            CreatedAt = now,
            SeenAt = now,
            RefreshId = refresh,
        };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(ct);
        await EndOldestAsync(db, personId, ct);
        seen.Note(personId);
        return session.Id;
    }

    /// <summary>
    /// Puts the next refresh token in the place of this one. Of two that use the same, one was stolen: then the session ends for both.
    /// </summary>
    public async Task<bool> RotateAsync(Guid sessionId, Guid personId, Guid used, Guid next, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var session = db.Sessions.Where(s => s.Id == sessionId && s.PersonId == personId);
        if (await session.Where(s => s.RefreshId == used).ExecuteUpdateAsync(set => set.SetProperty(s => s.RefreshId, next), ct) == 1)
        {
            return true;
        }

        await EndAsync(db, sessionId, personId, AuditActions.SessionEnded, "a refresh token was used twice", ct);
        return false;
    }

    public async Task<IReadOnlyList<Session>> ListAsync(Guid personId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var forgotten = time.GetUtcNow() - options.Value.SessionRest;
        return await db
            .Sessions.AsNoTracking()
            .Where(s => s.PersonId == personId && s.SeenAt >= forgotten)
            .OrderByDescending(s => s.SeenAt)
            .ThenByDescending(s => s.Id)
            .ToListAsync(ct);
    }

    public async Task<bool> IsLiveAsync(Guid sessionId, Guid personId, CancellationToken ct) =>
        await StandingAsync(sessionId, personId, ct) is not null;

    /// <summary>The person's present role, whatever the cookie or token says; null where the session has ended.</summary>
    public async Task<SessionStanding?> StandingAsync(Guid sessionId, Guid personId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(sessionId, out var last) && now - last.At < Remembered)
        {
            return last.Standing;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db
            .Sessions.Where(s => s.Id == sessionId && s.PersonId == personId)
            .Join(db.Users.Where(p => p.DeactivatedAt == null), s => s.PersonId, p => p.Id, (s, p) => new { Session = s, p.IsSuperuser })
            .FirstOrDefaultAsync(ct);
        Forget(now);
        if (found is null || now - found.Session.SeenAt > options.Value.SessionRest)
        {
            return null;
        }

        var session = found.Session;
        if (now - session.SeenAt > SeenNoted)
        {
            await db.Sessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), ct);
        }

        var standing = new SessionStanding(found.IsSuperuser);
        known[sessionId] = new CachedStanding(now, standing);
        return standing;
    }

    /// <param name="action">What the audit log says of it.</param>
    /// <returns>Whether this person had it.</returns>
    public async Task<bool> EndAsync(Guid sessionId, Guid personId, string action, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await EndAsync(db, sessionId, personId, action, subject: null, ct);
    }

    private async Task<bool> EndAsync(RepublicDb db, Guid sessionId, Guid personId, string action, string? subject, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ended = await db.Sessions.Where(s => s.Id == sessionId && s.PersonId == personId).ExecuteDeleteAsync(ct) > 0;
        await audit.CommitAsync(db, personId, ended ? action : null, subject, ct);
        known.TryRemove(sessionId, out _);
        return ended;
    }

    /// <summary>Ends sessions within the caller's transaction. Whoever commits it calls <see cref="Forget()"/>.</summary>
    /// <param name="kept">The session that asks, or null to end all.</param>
    internal static Task EndOthersAsync(RepublicDb db, Guid personId, Guid? kept, CancellationToken ct) =>
        db.Sessions.Where(s => s.PersonId == personId && s.Id != kept).ExecuteDeleteAsync(ct);

    internal void Forget() => known.Clear();

    /// <summary>Ends those that rested longest where a person has too many, as a script makes that signs in for each call.</summary>
    private async Task EndOldestAsync(RepublicDb db, Guid personId, CancellationToken ct)
    {
        var over = await db
            .Sessions.Where(s => s.PersonId == personId)
            .OrderByDescending(s => s.SeenAt)
            .ThenByDescending(s => s.Id)
            .Skip(MaxPerPerson)
            .Select(s => s.Id)
            .ToListAsync(ct);
        if (over.Count > 0)
        {
            await db.Sessions.Where(s => over.Contains(s.Id)).ExecuteDeleteAsync(ct);
            over.ForEach(id => known.TryRemove(id, out _));
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (id, last) in known)
        {
            if (now - last.At >= Remembered)
            {
                known.TryRemove(id, out _);
            }
        }
    }

    private sealed record CachedStanding(DateTimeOffset At, SessionStanding Standing);
}
