using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Providers.Credentials;

/// <summary>Reads the keys that a person keeps.</summary>
public sealed class CredentialReader(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <summary>Oldest first. <paramref name="after"/> is the last of the page before this one.</summary>
    public async Task<IReadOnlyList<Credential>> ListAsync(Guid owner, int limit, Guid? after, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var keys = db.Credentials.AsNoTracking().OwnedBy(owner);
        return await keys.Where(c => after == null || c.Id > after).OrderBy(c => c.Id).Take(Math.Clamp(limit, 1, MaxPage)).ToListAsync(ct);
    }

    /// <param name="name">A key's id, or a provider's name for its default key.</param>
    public async Task<Outcome<Credential>> FindAsync(Guid owner, string name, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var keys = db.Credentials.AsNoTracking().OwnedBy(owner);
        keys = Guid.TryParse(name, out var id) ? keys.Where(c => c.Id == id) : keys.Where(c => c.Provider == name && c.IsDefault);
        return await keys.SingleOrDefaultAsync(ct) is { } key ? key : Failure.NotFound("key");
    }
}
