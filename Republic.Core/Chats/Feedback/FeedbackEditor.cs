using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Chats.Feeds;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Chats.Feedback;

/// <summary>Saves and withdraws feedback on answers, and gives minions the experience that good answers earn.</summary>
public sealed class FeedbackEditor(RepublicDb db, LiveEvents live, TimeProvider time)
{
    /// <summary>The event that an answer of a minion was rated, or a rating taken back, and that its figures have changed.</summary>
    public const string Rated = "minion.rated";

    public async Task<Outcome<FeedbackRow>> SaveAsync(Guid person, Guid message, FeedbackInput input, CancellationToken ct)
    {
        if (await FindAsync(person, message, ct) is not { } answer)
        {
            return Failure.NotFound("message");
        }

        var @checked = input.Checked();
        if (!@checked.Ok)
        {
            return @checked.Failure;
        }

        if (await RefusalAsync(answer, ct) is { } refusal)
        {
            return refusal;
        }

        try
        {
            var saved = await SaveAsync(person, answer, @checked.Value, ct);
            Tell(person, answer);
            return new FeedbackRow(saved.Score, saved.Comment, saved.Correction, saved.UpdatedAt);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            // The chat was deleted a moment ago.
            return Failure.NotFound("message");
        }
    }

    /// <summary>Withdraws a person's feedback on an answer. The minion keeps its experience, and the row stays, so that the answer does not earn it again.</summary>
    public async Task<Outcome<Guid>> TakeBackAsync(Guid person, Guid message, CancellationToken ct)
    {
        if (await FindAsync(person, message, ct) is not { } answer)
        {
            return Failure.NotFound("message");
        }

        var now = time.GetUtcNow();
        var emptied = await db
            .MessageFeedback.Where(f => f.MessageId == message && f.PersonId == person)
            .Where(f => f.Score != null || f.Correction != null || f.Comment != null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(f => f.Score, (double?)null)
                        .SetProperty(f => f.Correction, (string?)null)
                        .SetProperty(f => f.Comment, (string?)null)
                        .SetProperty(f => f.UpdatedAt, now),
                ct
            );
        if (emptied > 0)
        {
            Tell(person, answer);
        }

        return message;
    }

    private Task<Message?> FindAsync(Guid person, Guid message, CancellationToken ct) =>
        db.Messages.OwnedBy(db, person).AsNoTracking().FirstOrDefaultAsync(m => m.Id == message, ct);

    private async Task<Failure?> RefusalAsync(Message answer, CancellationToken ct)
    {
        if (!await db.Minions.AnyAsync(m => m.Id == answer.AuthorId, ct))
        {
            return Failure.Invalid("message", "Only a minion's answer can be rated, and this is a question.");
        }

        return answer.IsBeingWritten ? Failure.Conflict("This answer is still being written. Wait until it is finished, then rate it.")
            : FeedbackRules.IsFinished(answer.State, answer.Content) ? null
            : Failure.Invalid("message", "There is no answer here that could be rated.");
    }

    private async Task<MessageFeedback> SaveAsync(Guid person, Message answer, FeedbackInput input, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Ratings of one minion take turns: those of today are counted before one more earns.
        await db.Database.ExecuteSqlAsync($"select 1 from minions where id = {answer.AuthorId} for no key update", ct);
        var now = time.GetUtcNow();
        var feedback = await db.MessageFeedback.SingleOrDefaultAsync(f => f.MessageId == answer.Id && f.PersonId == person, ct);
        if (feedback is null)
        {
            feedback = new MessageFeedback
            {
                MessageId = answer.Id,
                PersonId = person,
                CreatedAt = now,
                UpdatedAt = now,
            };
            db.Add(feedback);
        }

        feedback.Score = input.ClearsScore ? null : input.Score ?? feedback.Score;
        feedback.Correction = Laid(input.Correction, feedback.Correction);
        feedback.Comment = Laid(input.Comment, feedback.Comment);
        feedback.UpdatedAt = now;
        var mayEarn = input.Score > FeedbackRules.GoodAbove && feedback.ExperienceAt is null && answer.Imported is null;
        if (mayEarn && await MayEarnAsync(answer.AuthorId, now, ct))
        {
            feedback.ExperienceAt = now;
            await db
                .Minions.Where(m => m.Id == answer.AuthorId)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Experience, m => m.Experience + 1), ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return feedback;
    }

    private async Task<bool> MayEarnAsync(Guid minion, DateTimeOffset now, CancellationToken ct)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var earned = await db.MessageFeedback.CountAsync(
            f => f.ExperienceAt >= today && db.Messages.Any(m => m.Id == f.MessageId && m.AuthorId == minion),
            ct
        );
        return earned < FeedbackRules.ExperienceADay;
    }

    private static string? Laid(string? sent, string? stands) =>
        sent is null ? stands
        : sent.Length == 0 ? null
        : sent;

    private void Tell(Guid person, Message answer)
    {
        live.Publish(person, ChatEvents.Of(ChatEvents.Feedback, answer.ConversationId, answer.Id));
        live.Publish(person, new LiveEvent(Rated, answer.AuthorId, null));
    }
}
