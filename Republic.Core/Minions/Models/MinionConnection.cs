using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Data;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Minions.Models;

/// <summary>Asks the provider: does the model answer, which ones are there? No database connection is held meanwhile.</summary>
public sealed class MinionConnection(
    IDbContextFactory<RepublicDb> databases,
    CredentialCache credentials,
    MinionRules rules,
    MinionTargets targets,
    ConnectionCheck check,
    ProviderCatalog catalog
)
{
    /// <summary>In tokens, of a question that is only a sample.</summary>
    private const int LongestAnswer = 2048;

    /// <summary>Asks one of a minion's models, or another in its place. Nothing is saved.</summary>
    public async Task<Outcome<ConnectionTest>> TestAsync(Guid owner, Guid id, ModelQuestion question, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        if (question.Check(minion) is { Count: > 0 } errors)
        {
            return Failure.Invalid(errors);
        }

        var found = question.Fallback is { } place ? await targets.FallbackAsync(minion, place, ct) : await targets.TargetAsync(minion, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var other = question.ModelId?.Trim();
        var target =
            string.IsNullOrEmpty(other) || other == found.Value.ModelId ? found.Value : found.Value with { ModelId = other, Adapters = [] };
        var route = target.ModelId == found.Value.ModelId ? ModelRoute.Test(target, owner, id) : ModelRoute.Draft(target, owner, id);
        return string.IsNullOrWhiteSpace(question.Prompt)
            ? await check.TestAsync(route, ct)
            : await check.AskAsync(route, question.Prompt.Trim(), AsInChat(minion), ct);
    }

    /// <summary>Tests what a form shows, without saving it.</summary>
    /// <param name="id">The minion that is edited; null for a new one.</param>
    public async Task<Outcome<ConnectionTest>> TestDraftAsync(Guid owner, Guid? id, MinionInput input, CancellationToken ct)
    {
        var target = await DraftAsync(owner, id, input, needsModel: true, ct);
        return target.Ok ? await check.TestAsync(ModelRoute.Draft(target.Value, owner, id), ct) : target.Failure;
    }

    public async Task<Outcome<IReadOnlyList<ListedModel>>> ListDraftAsync(Guid owner, Guid? id, MinionInput input, CancellationToken ct)
    {
        var target = await DraftAsync(owner, id, input, needsModel: false, ct);
        return target.Ok ? await check.ListAsync(target.Value, ct) : target.Failure;
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
        var draft = input with { Provider = fallback.Provider, BaseUrl = fallback.BaseUrl, Fallbacks = [] };
        var isSamePlace = fallback.IsAt(catalog, input.Provider, input.BaseUrl);
        return ListDraftAsync(
            owner,
            id,
            isSamePlace ? draft : draft with { ApiKey = null, ForgetApiKey = true, CredentialId = fallback.CredentialId },
            ct
        );
    }

    private async Task<Outcome<ModelTarget>> DraftAsync(Guid owner, Guid? id, MinionInput input, bool needsModel, CancellationToken ct)
    {
        var current = id is { } known ? await FindAsync(owner, known, ct) : null;
        var keys = await credentials.OfAsync(owner, ct);
        List<FieldError> errors =
        [
            .. rules
                .CheckModel(input, current, keys)
                .Where(error =>
                    error.Field is "provider" or "base_url" or "api_key" or "credential_id" || (needsModel && error.Field == "model_id")
                ),
        ];
        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        return targets.Draft(input, current, keys);
    }

    private static ChatOptions AsInChat(Minion minion)
    {
        var options = Character.Options(minion);
        options.MaxOutputTokens = Math.Min(options.MaxOutputTokens ?? LongestAnswer, LongestAnswer);
        return options;
    }

    private async Task<Minion?> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Minions.AsNoTracking().OwnedBy(owner).Live().SingleOrDefaultAsync(m => m.Id == id, ct);
    }
}
