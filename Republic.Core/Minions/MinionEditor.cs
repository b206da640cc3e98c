using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Audit;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.Minions;

/// <summary>Every change that a person makes to a minion of theirs. Nobody upstream is called.</summary>
public sealed class MinionEditor(
    RepublicDb db,
    MinionRules rules,
    MinionTargets targets,
    CredentialCache credentials,
    AuditLog audit,
    TimeProvider time
)
{
    /// <param name="request">The id that a form carries: sending the same form twice makes one minion.</param>
    public async Task<Outcome<NewMinion>> CreateAsync(Guid owner, MinionInput input, Guid? request, CancellationToken ct)
    {
        var id = request ?? Guid.CreateVersion7();
        if (await FindAsync(owner, id, ct) is { } earlier)
        {
            return new NewMinion(earlier, null);
        }

        if (rules.Check(input, current: null, await credentials.OfAsync(owner, ct)) is { Count: > 0 } errors)
        {
            return Failure.Invalid(errors);
        }

        var key = RepublicKey.New();
        var displayName = string.IsNullOrWhiteSpace(input.DisplayName) ? input.Name! : input.DisplayName;
        var minion = Minion.New(owner, id, displayName.Trim(), key, time.GetUtcNow());
        minion.Apply(input with { Capabilities = input.Capabilities ?? ["chat"] }, minion.CreatedAt);
        // Whoever is new here has somebody to ask how Republic works.
        minion.Pipeline = new MinionPipeline { Help = !await db.Minions.OwnedBy(owner).AnyAsync(ct) };
        SetKey(minion, input);
        await SetPictureAsync(minion, input, ct);
        db.Minions.Add(minion);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var saved = await SaveAsync(minion, ct);
        if (saved is null)
        {
            await AuditProviderKeyAsync(minion, input, ct);
            await audit.CommitAsync(db, AuditActions.MinionKeyIssued, minion.RepublicId, ct);
            return new NewMinion(minion, key);
        }

        // The form may have been sent twice at the very same time: then the other one has made it.
        db.ChangeTracker.Clear();
        return await FindAsync(owner, id, ct) is { } twin ? new NewMinion(twin, null) : saved;
    }

    /// <summary>One click: a minion on the built-in model, or the one that such a click made before.</summary>
    public async Task<Outcome<Minion>> BuiltInAsync(Guid owner, CancellationToken ct)
    {
        var input = rules.BuiltIn();
        var earlier = await db
            .Minions.OwnedBy(owner)
            .Live()
            .FirstOrDefaultAsync(m => m.Name == input.Name && m.Provider == input.Provider, ct);
        if (earlier is not null)
        {
            return earlier;
        }

        var made = await CreateAsync(owner, input, request: null, ct);
        return made.Ok ? made.Value.Minion : made.Failure;
    }

    /// <param name="edit">Gets the minion as it stands, gives it as it should be.</param>
    public Task<Outcome<Minion>> UpdateAsync(Guid owner, Guid id, Func<MinionInput, Outcome<MinionInput>> edit, CancellationToken ct) =>
        UpdateAsync(owner, id, edit, seen: null, ct);

    /// <param name="seen">When it had last been changed, as whoever edits it saw it: a later change is not written over. Null: any is.</param>
    public async Task<Outcome<Minion>> UpdateAsync(
        Guid owner,
        Guid id,
        Func<MinionInput, Outcome<MinionInput>> edit,
        DateTimeOffset? seen,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A version that is put in at the same moment waits: it is written over the new instructions and held against the new model.
        await db.Database.ExecuteSqlAsync($"select 1 from minions where id = {id} and owner_id = {owner} for no key update", ct);
        if (await FindAsync(owner, id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        if (seen is not null && seen != minion.UpdatedAt)
        {
            return Failure.Conflict($"{minion.Citizen.DisplayName} was saved elsewhere meanwhile, and nothing was written over it.");
        }

        var edited = edit(MinionInput.Of(minion));
        if (!edited.Ok)
        {
            return edited.Failure;
        }

        var input = edited.Value;
        if (rules.Check(input, minion, await credentials.OfAsync(owner, ct)) is { Count: > 0 } errors)
        {
            return Failure.Invalid(errors);
        }

        minion.Apply(input, time.GetUtcNow());
        SetKey(minion, input);
        await SetPictureAsync(minion, input, ct);
        if (await SaveAsync(minion, ct) is { } failure)
        {
            return failure;
        }

        await AuditProviderKeyAsync(minion, input, ct);
        await transaction.CommitAsync(ct);
        return minion;
    }

    public async Task<Outcome<Minion>> DeleteAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        minion.DeletedAt = time.GetUtcNow();
        await audit.CommitAsync(db, AuditActions.MinionKeyRevoked, minion.RepublicId, ct);
        return minion;
    }

    /// <summary>Undoes a deletion. Restoring one that is there is no fault: the toast may be pressed twice.</summary>
    public async Task<Outcome<Minion>> RestoreAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await db.Minions.OwnedBy(owner).SingleOrDefaultAsync(m => m.Id == id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        if (minion.DeletedAt is null)
        {
            return minion;
        }

        minion.DeletedAt = null;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await SaveAsync(minion, ct) is { } failure)
        {
            return failure;
        }

        await audit.CommitAsync(db, AuditActions.MinionKeyIssued, minion.RepublicId, ct);
        return minion;
    }

    public async Task<Outcome<Minion>> SetFavoriteAsync(Guid owner, Guid id, bool isFavorite, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        minion.IsFavorite = isFavorite;
        await db.SaveChangesAsync(ct);
        return minion;
    }

    /// <summary>The old key stops working at once.</summary>
    /// <param name="terms">Null keeps the old key's terms, but for an expiry that has passed.</param>
    public async Task<Outcome<RepublicKey>> ReissueKeyAsync(Guid owner, Guid id, RepublicKeyTerms? terms, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (terms?.Check(now) is { Count: > 0 } errors)
        {
            return Failure.Invalid(errors);
        }

        if (await FindAsync(owner, id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        var key = RepublicKey.New();
        minion.RepublicKeyHash = key.Hash;
        minion.RepublicKeyExpiresAt = terms is null
            ? (minion.RepublicKeyExpiresAt > now ? minion.RepublicKeyExpiresAt : null)
            : terms.ExpiresAt?.ToUniversalTime();
        minion.RepublicKeyDailyLimit = terms is null ? minion.RepublicKeyDailyLimit : terms.DailyLimit;
        minion.RepublicKeyOrigins = terms is null ? minion.RepublicKeyOrigins : BrowserOrigin.ReadAll(terms.AllowedOrigins).Value!;
        minion.UpdatedAt = now;
        await audit.CommitAsync(db, AuditActions.MinionKeyIssued, minion.RepublicId, ct);
        return key;
    }

    /// <summary>Which pages may call with the key that it has; the key stays.</summary>
    public async Task<Outcome<Minion>> SetKeyOriginsAsync(Guid owner, Guid id, IReadOnlyList<string?>? origins, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        if (origins is null)
        {
            return Failure.Invalid(
                RepublicKeyTerms.OriginsField,
                "allowed_origins is missing. Send a list of origins; an empty one allows none."
            );
        }

        var listed = BrowserOrigin.ReadAll(origins);
        if (!listed.Ok)
        {
            return listed.Failure;
        }

        minion.RepublicKeyOrigins = listed.Value;
        await audit.CommitAsync(db, AuditActions.MinionKeyOriginsSet, minion.RepublicId, ct);
        return minion;
    }

    /// <summary>A name made from the display name, with a number behind it when it is taken.</summary>
    public async Task<string> FreeNameAsync(Guid owner, string displayName, CancellationToken ct)
    {
        var slug = Slug.Of(displayName);
        var taken = await db.Minions.OwnedBy(owner).Live().Where(m => m.Name.StartsWith(slug)).Select(m => m.Name).ToListAsync(ct);
        return taken.Contains(slug)
            ? Enumerable.Range(2, taken.Count + 1).Select(n => $"{slug}-{n}").First(name => !taken.Contains(name))
            : slug;
    }

    private Task<Minion?> FindAsync(Guid owner, Guid id, CancellationToken ct) =>
        db.Minions.OwnedBy(owner).Live().SingleOrDefaultAsync(m => m.Id == id, ct);

    private void SetKey(Minion minion, MinionInput input)
    {
        // One key at a time: a key of its own takes the place of a stored one, and the other way round.
        if (!string.IsNullOrWhiteSpace(input.ApiKey))
        {
            targets.SetKey(minion, input.ApiKey.Trim());
            minion.CredentialId = null;
        }
        else if (!input.KeepsOwnKey)
        {
            targets.SetKey(minion, null);
        }
    }

    private Task AuditProviderKeyAsync(Minion minion, MinionInput input, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(input.ApiKey)
            ? Task.CompletedTask
            : audit.AppendAsync(db, audit.Asking, AuditActions.ProviderKeyStored, $"{minion.Provider}, for {minion.RepublicId}", ct);

    private async Task SetPictureAsync(Minion minion, MinionInput input, CancellationToken ct)
    {
        var chosen = AvatarImage.IdOf(input.AvatarUrl);
        if (string.IsNullOrWhiteSpace(input.AvatarUrl))
        {
            minion.Citizen.AvatarImageId = null;
        }
        else if (chosen is not null && await IsOwnPictureAsync(minion.OwnerId, chosen.Value, ct))
        {
            minion.Citizen.AvatarImageId = chosen;
        }
    }

    private async Task<bool> IsOwnPictureAsync(Guid owner, Guid picture, CancellationToken ct) =>
        db.AvatarImages.Local.Any(image => image.Id == picture && image.OwnerId == owner)
        || await db.AvatarImages.OwnedBy(owner).AnyAsync(image => image.Id == picture, ct);

    private async Task<Failure?> SaveAsync(Minion minion, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            var other = await db
                .Minions.AsNoTracking()
                .OwnedBy(minion.OwnerId)
                .Live()
                .FirstOrDefaultAsync(m => m.Name == minion.Name && m.Id != minion.Id, ct);
            var message = other is null
                ? "This could not be saved because something like it was saved at the same time. Try again."
                : $"Your minion {other.Citizen.DisplayName} already has the name “{other.Name}”. Choose another name, or edit {other.Citizen.DisplayName}.";
            return new Failure(FailureKind.Conflict, message, other is null ? [] : [new FieldError("name", message)]);
        }
    }
}
