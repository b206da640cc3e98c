using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Chats.Messages;

/// <summary>The messages that a minion has answered in chats that may teach.</summary>
internal sealed class RecentQuestions(IDbContextFactory<RepublicDb> databases) : IRecentQuestions
{
    public async Task<IReadOnlyList<string>> OfAsync(Guid minionId, int most, int longest, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var answers = db.Messages.NotDeleted(db).Where(answer => answer.AuthorId == minionId && answer.State == TurnState.Complete);
        return await db
            .Messages.Where(message => message.AuthorId != minionId && answers.Any(answer => answer.ParentId == message.Id))
            .Where(message =>
                !db.Participants.Any(p =>
                    p.ConversationId == message.ConversationId && p.Citizen!.Kind == CitizenKind.Person && p.TeachesSince == null
                )
            )
            .Where(message => message.Content.Length > 0 && message.Content.Length <= longest)
            .OrderByDescending(message => message.CreatedAt)
            .Select(message => message.Content)
            .Take(most)
            .ToListAsync(ct);
    }
}
