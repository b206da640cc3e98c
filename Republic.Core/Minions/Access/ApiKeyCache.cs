using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions.Profiles;

namespace Republic.Core.Minions.Access;

/// <summary>
/// Finds out who calls <c>/v1</c>, by the key's SHA-256 and from memory. A saved minion or revoked token is forgotten here at once and
/// on other nodes by notice. A notice may get lost: all is forgotten when this node begins to listen anew, and while it does not listen
/// entries expire after <see cref="Unheard"/>; a node that is killed between a save and its notice costs <see cref="CacheLifetime"/>.
/// </summary>
public sealed class ApiKeyCache
{
    private const string MinionTopic = "minion";
    private const string TokenTopic = "token";
    private const int MaxKept = 10_000;
    private const int KeyLength = 47;
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<KeyDigest, Kept<ApiMinion>> byKey = new();
    private readonly ConcurrentDictionary<string, Kept<ApiMinion>> byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<KeyDigest, Kept<OutsideToken>> tokens = new();
    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly AccessTokens accessTokens;
    private readonly NodeNotices notices;
    private readonly TimeProvider time;
    private Action? toldOfForgotten;
    private long forgotten;

    public ApiKeyCache(
        IDbContextFactory<RepublicDb> databases,
        AccessTokens accessTokens,
        MinionChanges changes,
        PersonChanges people,
        NodeNotices notices,
        TimeProvider time
    )
    {
        (this.databases, this.accessTokens, this.notices, this.time) = (databases, accessTokens, notices, time);
        changes.OnSaved(id =>
        {
            Forget(id);
            notices.Send(MinionTopic, id.ToString("N"));
        });
        accessTokens.OnRevoked(id =>
        {
            ForgetToken(id);
            notices.Send(TokenTopic, id.ToString("N"));
        });
        notices.OnNotice(MinionTopic, body => Forget(Guid.Parse(body)));
        notices.OnNotice(TokenTopic, body => ForgetToken(Guid.Parse(body)));
        notices.OnListening(ForgetAll);
        people.OnChanged(ForgetAll);
    }

    /// <param name="tell">Called when a minion, or everybody, is forgotten; on the thread that saved it.</param>
    internal void OnForgotten(Action tell) => toldOfForgotten += tell;

    /// <summary>Null for a key that is unknown, malformed or expired: from outside they look alike.</summary>
    public ValueTask<ApiCaller?> FindAsync(string key, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (key.StartsWith(AccessTokens.Prefix, StringComparison.Ordinal))
        {
            return PersonAsync(key, now, ct);
        }

        if (key.Length != KeyLength || !key.StartsWith(RepublicKey.Prefix, StringComparison.Ordinal))
        {
            return default;
        }

        var hash = RepublicKey.HashOf(key);
        var digest = KeyDigest.Of(hash);
        return byKey.TryGetValue(digest, out var known) && IsBelieved(known.At, now, known.Value.IsCounted)
            ? ValueTask.FromResult(Caller(known.Value, now))
            : ReadAsync(hash, digest, now, ct);
    }

    /// <summary>One of this person's minions by its republic id; another's is not found.</summary>
    public async ValueTask<ApiMinion?> FindAsync(Guid owner, string republicId, CancellationToken ct)
    {
        var minion = await FindAsync(byName, republicId, minion => minion.RepublicId == republicId, time.GetUtcNow(), ct);
        return minion?.Minion.OwnerId == owner ? minion : null;
    }

    private static ApiCaller? Caller(ApiMinion? minion, DateTimeOffset now) =>
        minion is not null && !(minion.Minion.RepublicKeyExpiresAt <= now) ? minion.ByKey : null;

    private async ValueTask<ApiCaller?> PersonAsync(string key, DateTimeOffset now, CancellationToken ct)
    {
        var token = await TokenAsync(key, now, ct);
        return token is not null && !(token.ExpiresAt <= now)
            ? new ApiCaller(token.Owner, null, token.MayChat) { MayReadAndWrite = token.MayReadAndWrite }
            : null;
    }

    // By itself, since a query is built even where it is not asked.
    private async ValueTask<ApiCaller?> ReadAsync(byte[] hash, KeyDigest digest, DateTimeOffset now, CancellationToken ct) =>
        Caller(await FindAsync(byKey, digest, minion => minion.RepublicKeyHash == hash, now, ct), now);

    private async ValueTask<ApiMinion?> FindAsync<TKey>(
        ConcurrentDictionary<TKey, Kept<ApiMinion>> kept,
        TKey key,
        Expression<Func<Minion, bool>> which,
        DateTimeOffset now,
        CancellationToken ct
    )
        where TKey : notnull
    {
        if (kept.TryGetValue(key, out var known) && IsBelieved(known.At, now, known.Value.IsCounted))
        {
            return known.Value;
        }

        var before = Interlocked.Read(ref forgotten);
        await using var db = await databases.CreateDbContextAsync(ct);
        var minions = db.Minions.AsNoTracking().Live().Where(m => db.Users.Any(p => p.Id == m.OwnerId && p.DeactivatedAt == null));
        if (await minions.SingleOrDefaultAsync(which, ct) is not { } minion)
        {
            kept.TryRemove(key, out _);
            return null;
        }

        var links = await db.CollectionLinks.Where(l => l.MinionId == minion.Id).Select(l => l.AnswersOutside).ToListAsync(ct);
        var found = new ApiMinion(minion, Character.SystemPrompt(minion))
        {
            HasCollections = links.Count > 0,
            HasOutsideCollections = links.Contains(true),
            HasTools = await db.MinionTools.AnyAsync(t => t.MinionId == minion.Id, ct),
        };
        Keep(kept, key, found, now, before);
        return found;
    }

    private async ValueTask<OutsideToken?> TokenAsync(string key, DateTimeOffset now, CancellationToken ct)
    {
        var digest = KeyDigest.Of(RepublicKey.HashOf(key));
        if (tokens.TryGetValue(digest, out var known) && IsBelieved(known.At, now))
        {
            return known.Value;
        }

        var before = Interlocked.Read(ref forgotten);
        if (await accessTokens.FindAsync(key, ct) is not var (token, owner))
        {
            tokens.TryRemove(digest, out _);
            return null;
        }

        var found = new OutsideToken(
            token.Id,
            owner.Id,
            token.ExpiresAt,
            May(TokenScopes.Chat),
            May(TokenScopes.Read) && May(TokenScopes.Write)
        );
        Keep(tokens, digest, found, now, before);
        return found;

        bool May(string scope) => token.Scopes.Contains(scope, StringComparer.Ordinal);
    }

    /// <param name="isCounted">A day's calls are counted on all nodes, without notices.</param>
    private bool IsBelieved(DateTimeOffset at, DateTimeOffset now, bool isCounted = false) =>
        now < at + Unheard || (!isCounted && now < at + CacheLifetime && notices.AreHeard);

    private void Keep<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> kept, TKey key, T value, DateTimeOffset now, long before)
        where TKey : notnull
    {
        if (kept.Count >= MaxKept)
        {
            kept.Clear();
        }

        kept[key] = new Kept<T>(value, now);
        if (Interlocked.Read(ref forgotten) != before)
        {
            // It was perhaps read before the save that its notice told of.
            kept.TryRemove(key, out _);
        }
    }

    private void Forget(Guid minion)
    {
        Forget(byKey, kept => kept.Minion.Id == minion);
        Forget(byName, kept => kept.Minion.Id == minion);
        toldOfForgotten?.Invoke();
    }

    private void ForgetToken(Guid token) => Forget(tokens, kept => kept.Id == token);

    private void ForgetAll()
    {
        Interlocked.Increment(ref forgotten);
        byKey.Clear();
        byName.Clear();
        tokens.Clear();
        toldOfForgotten?.Invoke();
    }

    private void Forget<TKey, T>(ConcurrentDictionary<TKey, Kept<T>> kept, Func<T, bool> which)
        where TKey : notnull
    {
        Interlocked.Increment(ref forgotten);
        foreach (var (key, entry) in kept)
        {
            if (which(entry.Value))
            {
                kept.TryRemove(key, out _);
            }
        }
    }

    private sealed record Kept<T>(T Value, DateTimeOffset At);

    private sealed record OutsideToken(Guid Id, Guid Owner, DateTimeOffset? ExpiresAt, bool MayChat, bool MayReadAndWrite);
}
