using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Data;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Minions;

/// <summary>Says who would answer for a minion just now, without asking anybody.</summary>
public sealed class MinionRoutes(IDbContextFactory<RepublicDb> databases, MinionModel model, RouteDryRun dryRun)
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

        var route = await model.RouteAsync(minion, CallPurpose.Chat, ct);
        return route.Ok
            ? await dryRun.PreviewAsync(route.Value, [new ChatMessage(ChatRole.User, question.Prompt ?? "")], Character.Options(minion), ct)
            : route.Failure;
    }
}
