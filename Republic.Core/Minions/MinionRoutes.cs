using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Republic.Core.Data;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Minions;

/// <summary>Says who would answer for a minion just now, without asking anybody.</summary>
public sealed class MinionRoutes(IDbContextFactory<RepublicDb> databases, MinionModel model, RoutePlan plan)
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
        return route.Ok ? plan.Preview(route.Value with { PromptTokens = Size(minion, question) }) : route.Failure;
    }

    private static int Size(Minion minion, RouteQuestion question) =>
        PromptSize.Tokens([new ChatMessage(ChatRole.User, question.Prompt ?? "")], Character.SystemPrompt(minion));
}
