using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Data;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers.Listings;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Minions.Models;

/// <summary>Says who would answer for a minion just now, without asking anybody.</summary>
public sealed class MinionRoutes(
    IDbContextFactory<RepublicDb> databases,
    MinionTargets targets,
    RouteDryRun dryRun,
    ModelDeprecations deprecations
)
{
    private const int LongestPrompt = 1_000_000;

    public async Task<Outcome<RoutePreview>> PreviewAsync(Guid owner, Guid id, RouteQuestion question, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Minions.AsNoTracking().OwnedBy(owner).Live().SingleOrDefaultAsync(m => m.Id == id, ct) is { } minion
            ? await PreviewAsync(minion, question, ct)
            : Failure.NotFound("minion");
    }

    public async Task<Outcome<RoutePreview>> PreviewAsync(Minion minion, RouteQuestion question, CancellationToken ct)
    {
        if (question.Prompt?.Length > LongestPrompt)
        {
            return Failure.Invalid(
                "prompt",
                $"The prompt has {question.Prompt.Length:N0} characters; at most {LongestPrompt:N0} are read."
            );
        }

        var route = await targets.RouteAsync(minion, CallPurpose.Chat, ct);
        if (!route.Ok)
        {
            return route.Failure;
        }

        var preview = await dryRun.PreviewAsync(route.Value, Messages(question.Prompt), Character.Options(minion), ct);
        return preview with { Attempts = [.. preview.Attempts.Select(Dated)] };
    }

    /// <summary>
    /// Why a budget or a limit would refuse this prompt, before anything is stored or asked; null where it would not, or something else is
    /// in the way. What was said before the prompt is not counted: a long conversation may still be refused later.
    /// </summary>
    public async Task<Failure?> RefusalAsync(Guid owner, Guid id, string prompt, CancellationToken ct)
    {
        if (!dryRun.MayRefuse(owner))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return
            await db.Minions.AsNoTracking().OwnedBy(owner).Live().SingleOrDefaultAsync(m => m.Id == id, ct) is { } minion
            // What is answered from memory costs nothing.
            && await targets.RouteAsync(minion, CallPurpose.Chat, ct) is { Ok: true, Value: { Cache: null } route }
            ? await dryRun.RefusalAsync(route, Messages(prompt), Character.Options(minion), ct)
            : null;
    }

    private PlannedAttempt Dated(PlannedAttempt attempt) =>
        deprecations.Of(attempt.Provider, attempt.BaseUrl, attempt.Model) is { } end
            ? attempt with
            {
                EndsOn = end.On,
                Replacement = end.Replacement,
            }
            : attempt;

    private static IReadOnlyList<ChatMessage> Messages(string? prompt) => [new ChatMessage(ChatRole.User, prompt ?? "")];
}
