using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Traces;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Feedback;
using Republic.Core.Chats.Messages;
using Republic.Core.Chats.Prose;
using Republic.Core.Data;

namespace Republic.Core.Chats.Conversations;

/// <summary>Reads what was said. An answer that is being written here is read as far as it has come, not as far as it was saved.</summary>
public sealed class Transcripts(IDbContextFactory<RepublicDb> databases, ConversationReader conversations, ChatTurns turns)
{
    public Task<Outcome<Transcript>> ReadAsync(Guid person, Guid conversation, CancellationToken ct) =>
        ReadAsync(person, conversation, window: null, ct);

    /// <param name="window">What is read of it; null: the whole branch that is shown.</param>
    public async Task<Outcome<Transcript>> ReadAsync(Guid person, Guid conversation, BranchWindow? window, CancellationToken ct)
    {
        var found = await conversations.FindAsync(person, conversation, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var leaf = await db.Conversations.Where(c => c.Id == conversation).Select(c => c.LeafId).FirstOrDefaultAsync(ct);
        var tree = new MessageTree(await db.Messages.Where(m => m.ConversationId == conversation).InOrder().Nodes().ToListAsync(ct));
        var shown = tree.BranchTo(leaf);
        IReadOnlyList<MessageNode> other =
            window?.Through is { } message && shown.All(node => node.Id != message) ? tree.BranchTo(tree.LeafUnder(message)) : [];
        var branch = other.Count > 0 ? other : shown;
        var start = window?.StartIn(branch) ?? 0;
        var rows = await RowsAsync(db, person, found.Value, tree, [.. branch.Skip(start).Select(node => node.Id)], ct);
        var earlier =
            start > 0 ? await EarlierTurns.ReadAsync(db, conversation, [.. branch.Take(start).Select(node => node.Id)], ct) : null;
        var measured = rows.FindLast(row => row.DurationMs is not null);
        if (measured is null && earlier?.LastMeasured is { } above)
        {
            measured = (await MessageAsync(person, above, ct)).Value;
        }

        return new Transcript(found.Value, rows)
        {
            IsOtherBranch = other.Count > 0,
            Earlier = earlier,
            LastMeasured = measured,
        };
    }

    public async Task<Outcome<MessageRow>> MessageAsync(Guid person, Guid message, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var saved = await db.SavedTextsAsync(db.Messages.Where(m => m.Id == message), ct);
        var found = await db
            .Messages.AsNoTracking()
            .Include(m => m.Author)
            .OwnedBy(db, person)
            .FirstOrDefaultAsync(m => m.Id == message, ct);
        if (found is null)
        {
            return Failure.NotFound("message");
        }

        var conversation = await conversations.FindAsync(person, found.ConversationId, ct);
        if (!conversation.Ok)
        {
            return conversation.Failure;
        }

        var tree = new MessageTree(
            await db.Messages.Where(m => m.ConversationId == found.ConversationId).InOrder().Nodes().ToListAsync(ct)
        );
        var answer = await db.Messages.AsNoTracking().Where(m => m.ParentId == message).InOrder().LastOrDefaultAsync(ct);
        var feedback = await db.MessageFeedback.AsNoTracking().FirstOrDefaultAsync(f => f.MessageId == message && f.PersonId == person, ct);
        var calls = await CallsAsync(db, [message], ct);
        return Row(found, saved, tree, conversation.Value, answer) with
        {
            Feedback = FeedbackRow.Of(feedback),
            ToolCalls = [.. calls[message]],
        };
    }

    private async Task<List<MessageRow>> RowsAsync(
        RepublicDb db,
        Guid person,
        ConversationRow conversation,
        MessageTree tree,
        List<Guid> ids,
        CancellationToken ct
    )
    {
        var saved = await db.SavedTextsAsync(db.Messages.Where(m => ids.Contains(m.Id)), ct);
        var messages = await db
            .Messages.AsNoTracking()
            .Include(m => m.Author)
            .Where(m => ids.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, ct);
        var shown = ids.Where(messages.ContainsKey).Select(id => messages[id]).ToList();
        var feedback = await db
            .MessageFeedback.AsNoTracking()
            .Where(f => f.PersonId == person && ids.Contains(f.MessageId))
            .ToDictionaryAsync(f => f.MessageId, ct);
        var calls = await CallsAsync(db, ids, ct);
        return
        [
            .. shown.Select(
                (m, i) =>
                    Row(m, saved, tree, conversation, shown.ElementAtOrDefault(i + 1)) with
                    {
                        Feedback = FeedbackRow.Of(feedback.GetValueOrDefault(m.Id)),
                        ToolCalls = [.. calls[m.Id]],
                    }
            ),
        ];
    }

    private MessageRow Row(Message message, TurnTexts saved, MessageTree tree, ConversationRow conversation, Message? answer)
    {
        var soFar = message.IsBeingWritten ? turns.TextOf(message.Id)?.ToString() : null;
        var stored = saved.Of(message);
        var content = soFar?.Length > stored.Length ? soFar : stored;
        var trace = (message.IsBeingWritten ? turns.TraceOf(message.Id) : null) ?? message.Trace;
        return new MessageRow
        {
            Id = message.Id,
            ConversationId = message.ConversationId,
            ParentId = message.ParentId,
            ReplyToId = message.ReplyToId,
            Author = AuthorRow.Of(message.Author!),
            Content = content,
            State = message.State == TurnState.Pending && content.Length > 0 ? TurnState.Streaming : message.State,
            Status = Status(message, conversation, answer),
            Error = message.Error,
            CreatedAt = message.CreatedAt,
            UpdatedAt = message.UpdatedAt,
            Provider = message.Provider,
            Model = message.Model,
            MinionVersion = message.MinionVersion,
            PromptTokens = message.PromptTokens,
            CompletionTokens = message.CompletionTokens,
            Cost = message.Cost,
            Route = message.Route,
            Trace = trace,
            Citations = trace is { Passages.Count: > 0 } ? Cited(content, trace.Passages) : [],
            Imported = message.Imported,
            FirstTokenMs = message.FirstTokenMs,
            DurationMs = message.DurationMs,
            GenerationMs = message.GenerationMs,
            FinishReason = message.FinishReason,
            OmittedMessages = message.OmittedMessages,
            Feedback = null,
            ToolCalls = [],
            Siblings = tree.Siblings(message.Id),
        };
    }

    private static async Task<ILookup<Guid, ToolCallRow>> CallsAsync(RepublicDb db, List<Guid> messages, CancellationToken ct)
    {
        var calls = await db
            .ToolCalls.AsNoTracking()
            .Where(c => c.MessageId != null && messages.Contains(c.MessageId.Value))
            .OrderBy(c => c.Round)
            .ThenBy(c => c.Position)
            .ToListAsync(ct);
        return calls.ToLookup(call => call.MessageId!.Value, ToolCallRow.Of);
    }

    private static List<CitedPassage> Cited(string content, IReadOnlyList<CitedPassage> passages)
    {
        var numbers = ProseHtml.Cited(content, passages.Count);
        return [.. passages.Where(passage => numbers.Contains(passage.Number))];
    }

    private static DeliveryStatus Status(Message message, ConversationRow conversation, Message? answer)
    {
        if (message.IsBeingWritten)
        {
            return DeliveryStatus.Sent;
        }

        var isRead = conversation.Participants.Any(p => p.Id != message.AuthorId && p.LastReadAt >= message.UpdatedAt);
        return isRead ? DeliveryStatus.Read
            : answer is not null
            || message.AuthorId != conversation.Participants.FirstOrDefault(p => p.Kind == Citizens.CitizenKind.Person)?.Id
                ? DeliveryStatus.Delivered
            : DeliveryStatus.Sent;
    }
}
