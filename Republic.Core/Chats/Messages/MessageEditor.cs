using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feeds;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;

namespace Republic.Core.Chats.Messages;

/// <summary>What a person does in a conversation: ask, ask differently, have it answered again, stop, look at another branch.</summary>
public sealed class MessageEditor(RepublicDb db, ChatTurns turns, MinionRoutes routes, LiveEvents live, TimeProvider time)
{
    private const int TitleLength = 60;
    private const string GivenUp = "It waited for you to decide on a tool call, and you wrote something else.";
    private static readonly TimeSpan OtherNodePatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    public async Task<Outcome<SentMessage>> SendAsync(Guid person, Guid conversation, MessageInput input, CancellationToken ct)
    {
        if (await FindAsync(person, conversation, ct) is not { } found)
        {
            return Failure.NotFound("conversation");
        }

        return await AskAsync(found, input, found.LeafId, ct);
    }

    /// <summary>Puts the question differently: a sibling of the old one, which stays as another branch.</summary>
    public async Task<Outcome<SentMessage>> EditAsync(Guid person, Guid message, MessageInput input, CancellationToken ct)
    {
        var old = await db.Messages.OwnedBy(db, person).AsNoTracking().FirstOrDefaultAsync(m => m.Id == message, ct);
        if (old is null || await FindAsync(person, old.ConversationId, ct) is not { } conversation)
        {
            return Failure.NotFound("message");
        }

        return old.AuthorId == person
            ? await AskAsync(conversation, input with { ReplyToId = old.ReplyToId }, old.ParentId, ct)
            : Failure.Invalid("content", "Only your own messages can be edited. Have an answer written again instead.");
    }

    /// <summary>Answers again. Of an answer it makes a sibling; a question that has none gets its first.</summary>
    public async Task<Outcome<SentMessage>> RegenerateAsync(Guid person, Guid message, CancellationToken ct)
    {
        var old = await db.Messages.OwnedBy(db, person).AsNoTracking().FirstOrDefaultAsync(m => m.Id == message, ct);
        if (old is null || await FindAsync(person, old.ConversationId, ct) is not { } conversation)
        {
            return Failure.NotFound("message");
        }

        var question = old.AuthorId == person ? old.Id : old.ParentId;
        return question is { } id
            ? await AnswerAsync(conversation, id, null, ct)
            : Failure.Invalid("message", "This message answers nothing, so it cannot be answered again.");
    }

    /// <summary>Returns when the answer has stopped, with what came.</summary>
    public async Task<Outcome<Guid>> StopAsync(Guid person, Guid message, CancellationToken ct)
    {
        var mine = db.Messages.OwnedBy(db, person).Where(m => m.Id == message);
        if (await mine.Select(m => (Guid?)m.ConversationId).FirstOrDefaultAsync(ct) is not { } conversation)
        {
            return Failure.NotFound("message");
        }

        if (!await turns.StopAsync(message, ct))
        {
            await OtherNodeAsync(mine, ct);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var stopped = await db.CloseAnswersAsync(mine, TurnState.Stopped, error: null, ct);
        await transaction.CommitAsync(ct);
        if (stopped.Count > 0)
        {
            live.Publish(person, ChatEvents.Of(ChatEvents.Done, conversation, message));
        }

        return message;
    }

    /// <summary>Another process may write it, and was told. One that is gone will not act on it.</summary>
    private async Task OtherNodeAsync(IQueryable<Message> message, CancellationToken ct)
    {
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < OtherNodePatience; await Task.Delay(LookAgain, time, ct))
        {
            if (!await message.BeingWritten().AnyAsync(ct))
            {
                return;
            }
        }
    }

    /// <summary>Shows the branch that goes through a message.</summary>
    public async Task<Outcome<Guid>> ShowAsync(Guid person, Guid message, CancellationToken ct)
    {
        var conversation = await db
            .Messages.OwnedBy(db, person)
            .Where(m => m.Id == message)
            .Select(m => (Guid?)m.ConversationId)
            .FirstOrDefaultAsync(ct);
        if (conversation is not { } id)
        {
            return Failure.NotFound("message");
        }

        var tree = new MessageTree(await db.Messages.Where(m => m.ConversationId == id).InOrder().Nodes().ToListAsync(ct));
        var leaf = tree.LeafUnder(message);
        await db.Conversations.OwnedBy(person).Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LeafId, leaf), ct);
        live.Publish(person, new LiveEvent(ChatEvents.Conversation, id, null));
        return id;
    }

    private Task<Conversation?> FindAsync(Guid person, Guid conversation, CancellationToken ct) =>
        db
            .Conversations.OwnedBy(person)
            .Include(c => c.Participants)
                .ThenInclude(p => p.Citizen)
            .FirstOrDefaultAsync(c => c.Id == conversation, ct);

    private async Task<Outcome<SentMessage>> AskAsync(Conversation conversation, MessageInput input, Guid? parent, CancellationToken ct)
    {
        var @checked = input.Checked();
        if (!@checked.Ok)
        {
            return @checked.Failure;
        }

        var (content, replyTo, key) = @checked.Value;
        if (await SentBeforeAsync(conversation.Id, key, ct) is { } sent)
        {
            return sent;
        }

        if (replyTo is { } to && !await db.Messages.AnyAsync(m => m.Id == to && m.ConversationId == conversation.Id, ct))
        {
            return Failure.Invalid("reply_to_id", "There is no such message in this conversation.");
        }

        var now = time.GetUtcNow();
        var question = new Message
        {
            ConversationId = conversation.Id,
            AuthorId = conversation.OwnerId,
            ParentId = parent,
            ReplyToId = replyTo,
            ClientKey = key,
            Content = content!,
            State = TurnState.Complete,
            CreatedAt = now,
            UpdatedAt = now,
        };
        conversation.Title ??= PlainWords.OneLine(content!, TitleLength);
        return await AnswerAsync(conversation, question.Id, question, ct);
    }

    private async Task<Outcome<SentMessage>> AnswerAsync(
        Conversation conversation,
        Guid questionId,
        Message? question,
        CancellationToken ct
    )
    {
        var minion = conversation.Participants.First(p => p.Citizen!.Kind == CitizenKind.Minion).Citizen!;
        if (!await db.Minions.AnyAsync(m => m.Id == minion.Id && m.DeletedAt == null, ct))
        {
            return Failure.Conflict(
                $"{minion.DisplayName} was deleted, so nobody can answer here. Restore {minion.DisplayName}, then send again."
            );
        }

        if (await routes.RefusalAsync(conversation.OwnerId, minion.Id, question?.Content ?? "", ct) is { } refusal)
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var answer = new Message
        {
            ConversationId = conversation.Id,
            AuthorId = minion.Id,
            ParentId = questionId,
            Content = "",
            State = TurnState.Pending,
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (question is not null)
        {
            db.Add(question);
        }

        db.Add(answer);
        conversation.LeafId = answer.Id;
        conversation.UpdatedAt = now;
        var saved = await SaveAsync(conversation.Id, minion.DisplayName, ct);
        if (!saved.Ok)
        {
            return await SentBeforeAsync(conversation.Id, question?.ClientKey, ct) is { } sent ? sent : saved.Failure;
        }

        foreach (var id in saved.Value)
        {
            live.Publish(conversation.OwnerId, ChatEvents.Of(ChatEvents.Done, conversation.Id, id));
        }

        turns.Start(AnswerOrder.Of(conversation, answer, question));
        live.Publish(conversation.OwnerId, ChatEvents.Of(ChatEvents.Message, conversation.Id, answer.Id));
        return new SentMessage(conversation.Id, questionId, answer.Id);
    }

    /// <summary>Saves what is asked. Whoever asks something else does not decide on the tool calls of an answer that waits: it ends.</summary>
    /// <returns>The answers that ended; a failure where the same form was sent a moment ago, too.</returns>
    private async Task<Outcome<IReadOnlyList<Guid>>> SaveAsync(Guid conversation, string minion, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        try
        {
            if (!await HoldAsync(conversation, ct))
            {
                db.ChangeTracker.Clear();
                return Failure.NotFound("conversation");
            }

            var ended = await db.CloseAnswersAsync(
                db.Messages.Where(m => m.ConversationId == conversation && m.State == TurnState.Waiting),
                TurnState.Stopped,
                GivenUp,
                ct
            );
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Outcome<IReadOnlyList<Guid>>.Of(ended);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            await transaction.RollbackAsync(ct);
            db.ChangeTracker.Clear();
            return Failure.Conflict($"{minion} is still answering. Wait for the end or stop it, then send again.");
        }
    }

    /// <summary>Keeps it from being deleted until the transaction ends.</summary>
    /// <returns>False where it was deleted a moment ago.</returns>
    private async Task<bool> HoldAsync(Guid conversation, CancellationToken ct)
    {
        var there = await db
            .Database.SqlQuery<Guid>(
                $"""select id as "Value" from conversations where id = {conversation} and deleted_at is null for no key update"""
            )
            .ToListAsync(ct);
        return there.Count == 1;
    }

    private async Task<SentMessage?> SentBeforeAsync(Guid conversation, string? key, CancellationToken ct) =>
        key is null
            ? null
            : await (
                from question in db.Messages
                where question.ConversationId == conversation && question.ClientKey == key
                join answer in db.Messages on question.Id equals answer.ParentId
                orderby answer.CreatedAt
                select new SentMessage(conversation, question.Id, answer.Id)
            ).FirstOrDefaultAsync(ct);
}
