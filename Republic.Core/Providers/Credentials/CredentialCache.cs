using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Providers.Credentials;

/// <summary>
/// Stored keys and installed models from memory, so that a call asks no database. What was saved is forgotten here at once and on other nodes by notice; since
/// a notice may get lost, entries expire after <see cref="CacheLifetime"/>.
/// </summary>
public sealed class CredentialCache
{
    private const string Topic = "keys";
    private const string Everybody = "*";
    private const int MaxKept = 10_000;
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, Kept> rings = new();
    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly IInstalledModels models;
    private readonly NodeNotices notices;
    private readonly TimeProvider time;
    private int changes;

    public CredentialCache(
        IDbContextFactory<RepublicDb> databases,
        IInstalledModels models,
        PersonChanges people,
        NodeNotices notices,
        TimeProvider time
    )
    {
        (this.databases, this.models, this.notices, this.time) = (databases, models, notices, time);
        notices.OnNotice(Topic, Forget);
        people.OnChanged(() => Forget(Everybody));
    }

    public ValueTask<CredentialSet> OfAsync(Guid owner, CancellationToken ct) =>
        rings.TryGetValue(owner, out var known) && time.GetUtcNow() < known.Until
            ? ValueTask.FromResult(known.Ring)
            : new ValueTask<CredentialSet>(ReadAsync(owner, ct));

    /// <summary>A person's models that run here are others now.</summary>
    public void ModelsChanged(Guid owner) => Changed(owner, isShared: false);

    internal void Changed(Guid owner, bool isShared)
    {
        var whose = isShared ? Everybody : owner.ToString("N");
        Forget(whose);
        notices.Send(Topic, whose);
    }

    private async Task<CredentialSet> ReadAsync(Guid owner, CancellationToken ct)
    {
        var before = Volatile.Read(ref changes);
        await using var db = await databases.CreateDbContextAsync(ct);
        // A key stays the installation's only as long as its owner is a superuser.
        var keys = await db
            .Credentials.AsNoTracking()
            .Where(c =>
                c.OwnerId == owner
                || (c.IsShared && db.Users.Any(person => person.Id == c.OwnerId && person.IsSuperuser && person.DeactivatedAt == null))
            )
            .OrderBy(c => c.Id)
            .ToListAsync(ct);
        var ring = new CredentialSet([.. keys.Where(key => key.OwnerId == owner)], [.. keys.Where(key => key.OwnerId != owner)])
        {
            Installed = await models.OfAsync(owner, ct),
        };
        if (rings.Count >= MaxKept)
        {
            rings.Clear();
        }

        // What was saved while this was read may not be in it.
        if (before == Volatile.Read(ref changes))
        {
            rings[owner] = new Kept(ring, time.GetUtcNow() + CacheLifetime);
        }

        return ring;
    }

    private void Forget(string whose)
    {
        Interlocked.Increment(ref changes);
        if (whose == Everybody)
        {
            rings.Clear();
        }
        else
        {
            rings.TryRemove(Guid.Parse(whose), out _);
        }
    }

    private sealed record Kept(CredentialSet Ring, DateTimeOffset Until);
}
