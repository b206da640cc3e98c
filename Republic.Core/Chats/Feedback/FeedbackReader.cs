using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;

namespace Republic.Core.Chats.Feedback;

/// <summary>Reads how a person rated the answers of a minion.</summary>
public sealed class FeedbackReader(IDbContextFactory<RepublicDb> databases)
{
    public async Task<RatedAnswers> OfMinionAsync(Guid person, Guid minion, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // What was rated elsewhere and imported is none of its figures here.
        var answers = db.Messages.NotDeleted(db).Where(m => m.AuthorId == minion && m.Imported == null);
        var rated = db.MessageFeedback.Where(f => f.PersonId == person && f.Score != null && answers.Any(m => m.Id == f.MessageId));
        return new RatedAnswers(
            await rated.CountAsync(ct),
            await rated.CountAsync(f => f.Score > FeedbackRules.GoodAbove, ct),
            await rated
                .OrderByDescending(f => f.UpdatedAt)
                .ThenBy(f => f.MessageId)
                .Take(RatedAnswers.MostRecent)
                .Select(f => f.Score!.Value)
                .ToListAsync(ct)
        );
    }
}
