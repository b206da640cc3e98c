using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers;
using Republic.Core.Security;

namespace Republic.Core.Minions;

/// <summary>Asks the provider: does the model answer, which ones are there? No database connection is held meanwhile.</summary>
public sealed class MinionConnection(
    IDbContextFactory<RepublicDb> databases,
    ProviderCatalog catalog,
    MinionRules rules,
    MinionModel model,
    ModelRouter router,
    TimeProvider time
)
{
    /// <summary>Somebody waits before a dialog.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<Outcome<ConnectionTest>> TestAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        var target = model.Target(minion);
        return target.Ok ? await TestAsync(target.Value, ct) : target.Failure;
    }

    /// <summary>Tests what a form shows, without saving it.</summary>
    /// <param name="id">The minion that is edited; null for a new one.</param>
    public async Task<Outcome<ConnectionTest>> TestDraftAsync(Guid owner, Guid? id, MinionInput input, CancellationToken ct)
    {
        var target = await DraftAsync(owner, id, input, needsModel: true, ct);
        return target.Ok ? await TestAsync(target.Value, ct) : target.Failure;
    }

    public async Task<Outcome<IReadOnlyList<ListedModel>>> ListDraftAsync(Guid owner, Guid? id, MinionInput input, CancellationToken ct)
    {
        var target = await DraftAsync(owner, id, input, needsModel: false, ct);
        return target.Ok ? await ListAsync(target.Value, ct) : target.Failure;
    }

    /// <summary>What a fallback's provider has. Keys go only to where they were entered for.</summary>
    public Task<Outcome<IReadOnlyList<ListedModel>>> ListFallbackAsync(
        Guid owner,
        Guid? id,
        MinionInput input,
        MinionFallback fallback,
        CancellationToken ct
    )
    {
        var isSamePlace =
            fallback.Provider == input.Provider
            && MinionRules.Destination(catalog.Find(fallback.Provider), fallback.BaseUrl)
                == MinionRules.Destination(catalog.Find(input.Provider), input.BaseUrl);
        var draft = input with { Provider = fallback.Provider, BaseUrl = fallback.BaseUrl, Fallbacks = [] };
        return ListDraftAsync(owner, id, isSamePlace ? draft : draft with { ApiKey = null, ForgetApiKey = true }, ct);
    }

    /// <summary>Looks whether the model behind a minion is still in its provider's list, and remembers what came of it.</summary>
    public async Task<Outcome<SyncCheck>> CheckAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        var target = model.Target(minion);
        var listed = target.Ok ? await ListAsync(target.Value, ct) : target.Failure;
        var check = SyncCheck.Of(minion, listed);
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db
            .Minions.OwnedBy(owner)
            .Where(m => m.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.SyncStatus, check.Status).SetProperty(m => m.LastSyncTimestamp, now), ct);
        return check;
    }

    private async Task<Outcome<ModelTarget>> DraftAsync(Guid owner, Guid? id, MinionInput input, bool needsModel, CancellationToken ct)
    {
        var current = id is { } known ? await FindAsync(owner, known, ct) : null;
        List<FieldError> errors =
        [
            .. rules
                .CheckModel(input, current)
                .Where(error => error.Field is "provider" or "base_url" or "api_key" || (needsModel && error.Field == "model_id")),
        ];
        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        var provider = catalog.Find(input.Provider!.Trim())!;
        var address = string.IsNullOrWhiteSpace(input.BaseUrl) ? null : new Uri(input.BaseUrl.Trim());
        var key = string.IsNullOrWhiteSpace(input.ApiKey) ? null : input.ApiKey.Trim();
        try
        {
            if (key is null && !input.ForgetApiKey && provider.TakesBaseUrl && current is not null)
            {
                key = model.Key(current);
            }
        }
        catch (SecretUnreadableException)
        {
            return Failure.Invalid("api_key", "The stored key cannot be opened: it was sealed under another master key. Enter it again.");
        }

        if (key is null && provider.Key == KeyNeed.Required)
        {
            return Failure.Invalid("api_key", $"{provider.DisplayName} needs a key. {provider.Help}");
        }

        return new ModelTarget(provider, input.ModelId?.Trim() ?? "", address, key);
    }

    private async Task<ConnectionTest> TestAsync(ModelTarget target, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            return await router.TestAsync(target, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ConnectionTest(false, (long)Patience.TotalMilliseconds, target.ModelId, Silence(target));
        }
    }

    private async Task<Outcome<IReadOnlyList<ListedModel>>> ListAsync(ModelTarget target, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            return Outcome<IReadOnlyList<ListedModel>>.Of(await router.ListModelsAsync(target, either.Token));
        }
        catch (ProviderException e)
        {
            return Failure.Upstream(e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failure.Upstream(Silence(target));
        }
    }

    private static string Silence(ModelTarget target) =>
        $"{target.Provider.DisplayName} did not answer within {Patience.TotalSeconds:0} seconds. It may be overloaded. Try again.";

    private async Task<Minion?> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Minions.AsNoTracking().OwnedBy(owner).Live().SingleOrDefaultAsync(m => m.Id == id, ct);
    }
}
