using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Memories.Learning;

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
    /// <summary>What rules find. It takes no model and hardly any time, and the next question of the chat may be about it.</summary>
    public Task LearnAsync(SaidInChat said, CancellationToken ct) =>
        TryAsync(
            said,
            (_, _) =>
                Task.FromResult<IEnumerable<Learned>>(
                    FactExtractor.In(said.Text).Select(found => Of(said, found.Content, found.IsAsked, importance: null))
                ),
            ct
        );

    /// <summary>What the minion's own model finds besides, where the person agreed to that call.</summary>
    public Task InterviewAsync(SaidInChat said, CancellationToken ct) =>
        TryAsync(
            said,
            async (settings, minion) =>
                settings is { Proposes: true }
                    ? (await interview.AskAsync(said.Person, minion, said.Text, ct)).Select(fact =>
                        Of(said, fact.Content, isAsked: false, fact.Importance)
                    )
                    : [],
            ct
        );

    private static Learned Of(SaidInChat said, string content, bool isAsked, double? importance) =>
        new(content, isAsked, importance) { Conversation = said.Conversation, Message = said.Message };

    private async Task TryAsync(SaidInChat said, Func<MemorySettings?, Minion, Task<IEnumerable<Learned>>> find, CancellationToken ct)
    {
        try
        {
            // What is to be forgotten, or not to be kept, is not learned from its own order.
            if (ForgettingOrder.In(said.Text) is not null || MemoryCommands.IsIn(said.Text) || FactExtractor.IsNotToBeKept(said.Text))
            {
                return;
            }

            var (settings, minion) = await LoadAsync(said.Person, said.Minion, ct);
            if (settings is { IsOn: false } || minion is null)
            {
                return;
            }

            var found = await find(settings, minion);
            using var scope = scopes.CreateScope();
            var editor = scope.ServiceProvider.GetRequiredService<MemoryEditor>();
            foreach (var learned in found)
            {
                await editor.LearnAsync(said.Person, said.Minion, learned, ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || ct.IsCancellationRequested)
        {
            // The answer stands; what was not learned now can be said again, or written down.
            log.LogWarning("Nothing was learned from message {Message}: {Reason}", said.Message, e.Message);
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
