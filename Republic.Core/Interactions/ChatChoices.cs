using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;

namespace Republic.Core.Interactions;

/// <summary>Reads and chooses which conversations with a minion teach it.</summary>
public sealed class ChatChoices(RepublicDb db, LearningConsent consent)
{
    public const int Most = 500;

    /// <summary>Lists at most <see cref="Most"/> conversations, the newest first; those without an answer are left out.</summary>
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

    /// <summary>Changes the consent of those conversations whose choice differs from what the person was shown, so that an old page takes nothing back.</summary>
    /// <param name="shown">The conversations on the page, and whether each taught then.</param>
    /// <returns>How many changed.</returns>
    public async Task<Outcome<int>> ChooseAsync(
        Guid owner,
        Guid minion,
        IReadOnlyDictionary<Guid, bool> shown,
        IReadOnlySet<Guid> chosen,
        CancellationToken ct
    )
    {
        if (!await db.Minions.OwnedBy(owner).AnyAsync(m => m.Id == minion && m.DeletedAt == null, ct))
        {
            return Failure.NotFound("minion");
        }

        var changed = 0;
        foreach (var (chat, agreed) in shown.Where(chat => chat.Value != chosen.Contains(chat.Key)))
        {
            var set = await consent.SetAsync(owner, chat, !agreed, ct);
            if (!set.Ok && set.Failure.Kind != FailureKind.NotFound)
            {
                return set.Failure;
            }

            changed += set.Ok ? 1 : 0;
        }

        return changed;
    }
}
