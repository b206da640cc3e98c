using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;

namespace Republic.Core.Interactions;

/// <summary>The conversations with a minion, and which of them teach it.</summary>
public sealed class TeachingChats(RepublicDb db, LearningConsent consent)
{
    /// <summary>Newest first; those without an answer are left out.</summary>
    public const int Most = 500;

    public async Task<IReadOnlyList<TeachingChat>> ListAsync(Guid owner, Guid minion, CancellationToken ct) =>
        await db
            .Conversations.OwnedBy(owner)
            .Where(c => db.Messages.Any(m => m.ConversationId == c.Id && m.AuthorId == minion))
            .OrderByDescending(c => c.UpdatedAt)
            .ThenByDescending(c => c.Id)
            .Take(Most)
            .Select(c => new TeachingChat(
                c.Id,
                c.Title,
                c.UpdatedAt,
                c.Participants.Any(p => p.CitizenId == owner && p.TeachesSince != null),
                c.Participants.Any(p => p.CitizenId == owner && p.TeachesSince != null)
                    && c.Participants.Any(p => p.Citizen!.Kind == CitizenKind.Person && p.TeachesSince == null),
                db.Messages.Count(m => m.ConversationId == c.Id && m.AuthorId == minion),
                db.MessageFeedback.Count(f =>
                    f.PersonId == owner
                    && (f.Score != null || f.Correction != null)
                    && db.Messages.Any(m => m.Id == f.MessageId && m.ConversationId == c.Id && m.AuthorId == minion)
                )
            ))
            .ToListAsync(ct);

    /// <summary>Lets these conversations teach and no other of those that are listed.</summary>
    /// <returns>How many changed.</returns>
    public async Task<Outcome<int>> ChooseAsync(Guid owner, Guid minion, IReadOnlySet<Guid> chosen, CancellationToken ct)
    {
        if (!await db.Minions.OwnedBy(owner).AnyAsync(m => m.Id == minion && m.DeletedAt == null, ct))
        {
            return Failure.NotFound("minion");
        }

        var changed = (await ListAsync(owner, minion, ct)).Where(chat => chat.Agrees != chosen.Contains(chat.Id)).ToList();
        foreach (var chat in changed)
        {
            var set = await consent.SetAsync(owner, chat.Id, !chat.Agrees, ct);
            if (!set.Ok && set.Failure.Kind != FailureKind.NotFound)
            {
                return set.Failure;
            }
        }

        return changed.Count;
    }
}
