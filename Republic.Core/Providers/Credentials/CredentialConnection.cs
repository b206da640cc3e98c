using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers.Routing;
using Republic.Core.Security;

namespace Republic.Core.Providers.Credentials;

/// <summary>Asks a provider with a key: does it answer? No database connection is held meanwhile.</summary>
public sealed class CredentialConnection(
    IDbContextFactory<RepublicDb> databases,
    ProviderCatalog catalog,
    CredentialRules rules,
    EndpointFinder endpoints,
    CredentialCache credentials,
    ConnectionCheck check
)
{
    /// <param name="model">Null: that of the person's newest minion there, else the provider's own default, else the first of its list.</param>
    public async Task<Outcome<ConnectionTest>> TestAsync(Guid owner, Guid id, string? model, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Credentials.AsNoTracking().OwnedBy(owner).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } key)
        {
            return Failure.NotFound("key");
        }

        return catalog.Find(key.Provider) is { } provider
            ? await TestAsync(owner, Target(provider, key, null, key.BaseUrl), model, isStored: true, ct)
            : Failure.Conflict($"This version does not know the provider “{key.Provider}”.");
    }

    /// <summary>Tests what a form shows, without saving it.</summary>
    /// <param name="id">The key that is changed; null for a new one.</param>
    public async Task<Outcome<ConnectionTest>> TestDraftAsync(
        Guid owner,
        Guid? id,
        CredentialInput input,
        string? model,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var current = id is null ? null : await db.Credentials.AsNoTracking().OwnedBy(owner).SingleOrDefaultAsync(c => c.Id == id, ct);
        if (id is not null && current is null)
        {
            return Failure.NotFound("key");
        }

        List<FieldError> errors =
        [
            .. rules.Check(input, current, isSuperuser: true).Where(error => error.Field is "provider" or "base_url" or "api_key"),
        ];
        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        var provider = catalog.Find(input.Provider!.Trim())!;
        var baseUrl = string.IsNullOrWhiteSpace(input.BaseUrl) ? null : input.BaseUrl.Trim();
        return await TestAsync(
            owner,
            Target(provider, input.ForgetApiKey ? null : current, input.TypedKey, baseUrl),
            model,
            isStored: false,
            ct
        );
    }

    /// <summary>Tests the endpoint that a model of this provider is asked without a key of its own.</summary>
    public async Task<Outcome<ConnectionTest>> TestDefaultAsync(Guid owner, string provider, CancellationToken ct)
    {
        var found = endpoints.Find(new ModelReference(provider, "", null, null), await credentials.OfAsync(owner, ct));
        return await TestAsync(
            owner,
            found.Endpoints is [var endpoint, ..] ? endpoint : Failure.Conflict(found.Problem!),
            model: null,
            isStored: true,
            ct
        );
    }

    private Outcome<ModelTarget> Target(ProviderRow provider, Credential? stored, string? typed, string? baseUrl)
    {
        var address = baseUrl is null ? null : new Uri(baseUrl);
        try
        {
            return typed is not null || stored is null
                ? new ModelTarget(provider, "", address, typed)
                : new ModelTarget(provider, "", address, endpoints.Open(stored, baseUrl)) { KeyId = stored.Id, KeyLabel = stored.Label };
        }
        catch (SecretUnreadableException)
        {
            return Failure.Invalid("api_key", $"The stored key {OriginBoundKey.Unreadable}. Enter it again.");
        }
    }

    private async Task<Outcome<ConnectionTest>> TestAsync(
        Guid owner,
        Outcome<ModelTarget> target,
        string? model,
        bool isStored,
        CancellationToken ct
    )
    {
        if (!target.Ok)
        {
            return target.Failure;
        }

        var started = Stopwatch.GetTimestamp();
        var chosen = await ModelAsync(owner, target.Value, model, ct);
        if (chosen is { Ok: false, Failure.Kind: FailureKind.Upstream })
        {
            // A server that does not even list its models has been tested, and does not answer.
            var took = (long)Math.Ceiling(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return new ConnectionTest(false, took, model ?? "", chosen.Failure.Message);
        }

        if (!chosen.Ok)
        {
            return chosen.Failure;
        }

        var asked = target.Value with { ModelId = chosen.Value };
        return await check.TestAsync(isStored ? ModelRoute.Test(asked, owner, null) : ModelRoute.Draft(asked, owner, null), ct);
    }

    private async Task<Outcome<string>> ModelAsync(Guid owner, ModelTarget target, string? model, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(model))
        {
            return model.Trim();
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var used = await db
            .Minions.OwnedBy(owner)
            .Where(m => m.DeletedAt == null && m.Provider == target.Provider.Name)
            .OrderByDescending(m => m.CreatedAt)
            .Select(m => m.ModelId)
            .FirstOrDefaultAsync(ct);
        if ((used ?? target.Provider.DefaultModel) is { } known)
        {
            return known;
        }

        var listed = await check.ListAsync(target, ct);
        return !listed.Ok ? listed.Failure
            : listed.Value is [var first, ..] ? first.Id
            : Failure.Upstream(
                $"{target.Provider.DisplayName} answered, and its list of models is empty. Load one there, then test again."
            );
    }
}
