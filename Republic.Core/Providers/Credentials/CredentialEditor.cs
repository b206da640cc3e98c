using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Core.Providers.Credentials;

/// <summary>Every change that a person makes to the keys they keep. Nobody upstream is called.</summary>
public sealed class CredentialEditor(
    RepublicDb db,
    CredentialRules rules,
    EndpointFinder endpoints,
    CredentialCache rings,
    AuditLog audit,
    TimeProvider time
)
{
    internal static readonly SealedColumn SealedKeys = new("credentials", "sealed_key");

    private const int MostKeys = 100;

    /// <param name="request">The id that a form carries: sending the same form twice stores one key.</param>
    public async Task<Outcome<Credential>> CreateAsync(Guid owner, CredentialInput input, Guid? request, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var isSuperuser = await LockAsync(owner, ct);
        if (!isSuperuser.Ok)
        {
            return isSuperuser.Failure;
        }

        var id = request ?? Guid.CreateVersion7();
        if (await FindAsync(owner, id, ct) is { } earlier)
        {
            return earlier;
        }

        if (rules.Check(input, current: null, isSuperuser.Value) is { Count: > 0 } errors)
        {
            return Failure.Invalid(errors);
        }

        var provider = input.Provider!.Trim();
        var others = await db.Credentials.OwnedBy(owner).Where(c => c.Provider == provider).Select(c => c.Label).ToListAsync(ct);
        if (others.Count >= MostKeys)
        {
            return Failure.Conflict($"There are {MostKeys} keys for this provider already. Delete one that is out of use.");
        }

        var now = time.GetUtcNow();
        var credential = new Credential
        {
            Id = id,
            OwnerId = owner,
            Provider = provider,
            Label = FreeLabel(others),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Credentials.Add(credential);
        return await SaveAsync(
            credential,
            input with
            {
                IsDefault = input.IsDefault == true || others.Count == 0,
            },
            AuditActions.ProviderKeyStored,
            ct
        );
    }

    /// <param name="edit">Gets the key as it stands, gives it as it should be.</param>
    public async Task<Outcome<Credential>> UpdateAsync(
        Guid owner,
        Guid id,
        Func<CredentialInput, Outcome<CredentialInput>> edit,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var isSuperuser = await LockAsync(owner, ct);
        if (!isSuperuser.Ok)
        {
            return isSuperuser.Failure;
        }

        if (await FindAsync(owner, id, ct) is not { } credential)
        {
            return Failure.NotFound("key");
        }

        var edited = edit(CredentialInput.Of(credential));
        if (!edited.Ok)
        {
            return edited.Failure;
        }

        return rules.Check(edited.Value, credential, isSuperuser.Value) is { Count: > 0 } errors
            ? Failure.Invalid(errors)
            : await SaveAsync(credential, edited.Value, AuditActions.ProviderKeyChanged, ct);
    }

    /// <summary>Minions that named it use the default from then on; where it was the default itself, the oldest of the others is.</summary>
    public async Task<Outcome<Credential>> DeleteAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await LockAsync(owner, ct) is { Ok: false } refused)
        {
            return refused.Failure;
        }

        if (await FindAsync(owner, id, ct) is not { } credential)
        {
            return Failure.NotFound("key");
        }

        db.Credentials.Remove(credential);
        await db.SaveChangesAsync(ct);
        if (credential.IsDefault)
        {
            var oldest = db.Credentials.OwnedBy(owner).Where(c => c.Provider == credential.Provider).OrderBy(c => c.Id).Take(1);
            await oldest.ExecuteUpdateAsync(set => set.SetProperty(c => c.IsDefault, true), ct);
        }

        await audit.CommitAsync(db, AuditActions.ProviderKeyDeleted, $"{credential.Provider}, {credential.Label}", ct);
        rings.Changed(owner, credential.IsShared);
        return credential;
    }

    /// <summary>A person's changes follow one another, so that there is always one default.</summary>
    /// <returns>Whether they are a superuser; a refusal where they were deactivated while their request waited.</returns>
    private async Task<Outcome<bool>> LockAsync(Guid owner, CancellationToken ct)
    {
        await db.LockPeopleAsync([owner], ct);
        var active = db.Users.Where(person => person.Id == owner && person.DeactivatedAt == null);
        return await active.Select(person => (bool?)person.IsSuperuser).SingleOrDefaultAsync(ct) is { } isSuperuser
            ? isSuperuser
            : Failure.Forbidden(SignIn.Deactivated);
    }

    private Task<Credential?> FindAsync(Guid owner, Guid id, CancellationToken ct) =>
        db.Credentials.OwnedBy(owner).SingleOrDefaultAsync(c => c.Id == id, ct);

    private async Task<Outcome<Credential>> SaveAsync(Credential credential, CredentialInput input, string action, CancellationToken ct)
    {
        var wasShared = credential.IsShared;
        Apply(credential, input);
        if (credential.IsDefault)
        {
            var earlier = db.Credentials.OwnedBy(credential.OwnerId).Where(c => c.Provider == credential.Provider && c.Id != credential.Id);
            await earlier.ExecuteUpdateAsync(set => set.SetProperty(c => c.IsDefault, false), ct);
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            var message = $"Another of your keys for this provider is called “{credential.Label}”. Choose another name.";
            return new Failure(FailureKind.Conflict, message, [new FieldError("label", message)]);
        }

        await audit.CommitAsync(db, action, $"{credential.Provider}, {credential.Label}", ct);
        rings.Changed(credential.OwnerId, wasShared || credential.IsShared);
        return credential;
    }

    private void Apply(Credential credential, CredentialInput input)
    {
        credential.UpdatedAt = time.GetUtcNow();
        credential.Label = string.IsNullOrWhiteSpace(input.Label) ? credential.Label : input.Label.Trim();
        credential.BaseUrl = string.IsNullOrWhiteSpace(input.BaseUrl) ? null : input.BaseUrl.Trim();
        credential.IsDefault = input.IsDefault ?? false;
        credential.SharesLoad = input.SharesLoad ?? false;
        credential.IsShared = input.IsShared ?? false;
        if (input.TypedKey is { } typed)
        {
            credential.SealedKey = endpoints.Seal(credential, typed);
            credential.KeyHint = KeyText.Hint(typed);
            credential.KeySetAt = credential.UpdatedAt;
        }
        else if (input.ForgetApiKey)
        {
            (credential.SealedKey, credential.KeyHint, credential.KeySetAt) = (null, null, credential.UpdatedAt);
        }
    }

    private static string FreeLabel(List<string> taken) =>
        Enumerable
            .Range(1, taken.Count + 1)
            .Select(number => number == 1 ? "Main" : $"Key {number}")
            .First(label => !taken.Contains(label, StringComparer.Ordinal));
}
