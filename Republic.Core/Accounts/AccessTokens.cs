using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;

namespace Republic.Core.Accounts;

/// <summary>Makes, finds and revokes personal access tokens. Only the SHA-256 is stored: 256 random bits need no slow hash.</summary>
public sealed class AccessTokens(IDbContextFactory<RepublicDb> contexts, AuditLog audit, TimeProvider time)
{
    public const string Prefix = "rpat_";
    public const int MaxPerPerson = 100;
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(1);

    private Action<Guid>? revoked;

    /// <summary>For caches of tokens.</summary>
    public void OnRevoked(Action<Guid> tell) => revoked += tell;

    /// <summary>The only time the token itself is seen.</summary>
    /// <param name="session">In which it is asked for; one that ended while the request was on its way makes none.</param>
    public async Task<Outcome<NewAccessToken>> CreateAsync(Guid owner, Guid? session, AccessTokenInput input, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var scopes = input.Scopes is { } chosen ? chosen.Distinct(StringComparer.Ordinal).ToList() : [.. TokenScopes.All];
        var errors = Check(input, scopes, now).ToList();
        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var sessions = db.Sessions.FromSql($"select * from sessions where id = {session} and person_id = {owner} for key share");
        if (!await sessions.AnyAsync(ct))
        {
            return Failure.Forbidden("This session was ended. Sign in again to make a token.");
        }

        await AdvisoryLocks.TakeAsync(db, owner, AdvisoryLocks.Additions, ct);
        if (await db.AccessTokens.OwnedBy(owner).CountAsync(ct) >= MaxPerPerson)
        {
            return Failure.Conflict($"You have {MaxPerPerson} tokens already. Revoke one that is no longer used.");
        }

        var secret = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var token = new AccessToken
        {
            OwnerId = owner,
            Name = input.Name!.Trim(),
            Hash = HashOf(secret),
            Hint = secret[^4..],
            Scopes = scopes,
            ExpiresAt = input.ExpiresAt?.ToUniversalTime(),
            CreatedAt = now,
        };
        db.AccessTokens.Add(token);
        await audit.CommitAsync(db, AuditActions.TokenMade, $"{token.Name} …{token.Hint}", ct);
        return new NewAccessToken(token, secret);
    }

    public async Task<IReadOnlyList<AccessToken>> ListAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.AccessTokens.AsNoTracking().OwnedBy(owner).OrderByDescending(t => t.Id).ToListAsync(ct);
    }

    public async Task<Outcome<Guid>> RevokeAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (
            await db.AccessTokens.OwnedBy(owner).SingleOrDefaultAsync(t => t.Id == id, ct) is not { } token
            || await db.AccessTokens.Where(t => t.Id == id).ExecuteDeleteAsync(ct) == 0
        )
        {
            return Failure.NotFound("token");
        }

        await audit.CommitAsync(db, AuditActions.TokenRevoked, $"{token.Name} …{token.Hint}", ct);
        revoked?.Invoke(id);
        return id;
    }

    /// <summary>Revokes all that a person has, within the caller's transaction. Whoever commits it calls <see cref="Forget"/>.</summary>
    internal static async Task<List<Guid>> RevokeAllAsync(RepublicDb db, Guid owner, CancellationToken ct)
    {
        var ids = await db.AccessTokens.OwnedBy(owner).Select(t => t.Id).ToListAsync(ct);
        await db.AccessTokens.Where(t => ids.Contains(t.Id)).ExecuteDeleteAsync(ct);
        return ids;
    }

    internal void Forget(List<Guid> ids) => ids.ForEach(id => revoked?.Invoke(id));

    /// <summary>The token and its owner, or null: unknown, malformed, expired and of somebody deactivated look alike.</summary>
    public async Task<(AccessToken Token, Person Owner)?> FindAsync(string secret, CancellationToken ct)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > 100)
        {
            return null;
        }

        var hash = HashOf(secret);
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var token = await db.AccessTokens.FirstOrDefaultAsync(t => t.Hash == hash && (t.ExpiresAt == null || t.ExpiresAt > now), ct);
        if (
            token is null
            || await db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.Id == token.OwnerId, ct) is not { DeactivatedAt: null } owner
        )
        {
            return null;
        }

        if (token.LastUsedAt is null || now - token.LastUsedAt > UseNoted)
        {
            await db.AccessTokens.Where(t => t.Id == token.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), ct);
        }

        return (token, owner);
    }

    private static IEnumerable<FieldError> Check(AccessTokenInput input, IEnumerable<string> scopes, DateTimeOffset now)
    {
        if (input.Name?.Trim().Length is null or 0 or > 100)
        {
            yield return new FieldError("name", "Say in at most 100 characters what the token is for.");
        }
        else if (!NameRule.Is(input.Name.Trim()))
        {
            yield return new FieldError("name", NameRule.Rule);
        }

        if (input.Scopes is { Count: 0 })
        {
            yield return new FieldError(
                "scopes",
                $"Choose at least one of {string.Join(", ", TokenScopes.All)}, or leave scopes out for all."
            );
        }

        // JSON may hold a null among them.
        if (scopes.Where(s => !TokenScopes.All.Contains(s, StringComparer.Ordinal)).Take(1).ToList() is [var unknown])
        {
            yield return new FieldError("scopes", $"There is no scope “{unknown}”. Choose from {string.Join(", ", TokenScopes.All)}.");
        }

        if (input.ExpiresAt <= now)
        {
            yield return new FieldError("expires_at", "This time has passed. Choose one to come, or none.");
        }
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
