using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Memories;

/// <summary>
/// Looks, after an answer, for what the person said of themselves. By rules always; by asking the minion's model too, where the person
/// agreed to that call. What is found is proposed, and only what the person asked to be remembered is used at once.
/// </summary>
public sealed class MemoryLearning(
    IDbContextFactory<RepublicDb> databases,
    IServiceScopeFactory scopes,
    MemoryInterview interview,
    ILogger<MemoryLearning> log
)
{
    /// <param name="message">What the person wrote.</param>
    public async Task LearnAsync(Guid person, Guid minion, Guid conversation, Guid message, string text, CancellationToken ct)
    {
        // What is to be forgotten, or not to be kept, is not learned from its own order.
        if (ForgettingOrder.In(text) is not null || MemoryTalk.IsIn(text) || SaidOfOneself.IsNotToBeKept(text))
        {
            return;
        }

        try
        {
            var (settings, asked) = await LoadAsync(person, minion, ct);
            if (settings is { IsOn: false } || asked is null)
            {
                return;
            }

            var found = SaidOfOneself
                .In(text)
                .Select(said => new Learned(said.Content, said.IsAsked, null, conversation, message))
                .ToList();
            if (settings is { Proposes: true })
            {
                var more = await interview.AskAsync(person, asked, text, ct);
                found.AddRange(more.Select(fact => new Learned(fact.Content, IsAsked: false, fact.Importance, conversation, message)));
            }

            using var scope = scopes.CreateScope();
            var editor = scope.ServiceProvider.GetRequiredService<MemoryEditor>();
            foreach (var learned in found)
            {
                await editor.LearnAsync(person, minion, learned, ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The answer stands; what was not learned now can be said again, or written down.
            log.LogWarning("Nothing was learned from message {Message}: {Reason}", message, e.Message);
        }
    }

    private async Task<(MemorySettings? Settings, Minion? Minion)> LoadAsync(Guid person, Guid minion, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return (
            await db.MemorySettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == person, ct),
            await db.Minions.Live().OwnedBy(person).AsNoTracking().SingleOrDefaultAsync(m => m.Id == minion, ct)
        );
    }
}
