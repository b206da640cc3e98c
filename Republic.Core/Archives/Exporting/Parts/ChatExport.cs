using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Traces;
using Republic.Core.Answering.Turns;
using Republic.Core.Archives.Records;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feedback;
using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;
using Republic.Core.Data;

namespace Republic.Core.Archives.Exporting.Parts;

/// <summary>Chats with all of their branches, in the order in which they were written. Those that are deleted stay out.</summary>
internal sealed class ChatExport : IExportPart
{
    private const int FlushAt = 1 << 16;
    private static readonly JsonWriterOptions Writing = new() { Encoder = ArchiveJson.Options.Encoder };

    public string Kind => ArchiveKinds.Chats;

    public async Task<int> WriteAsync(ExportScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var chats = await db.Conversations.OwnedBy(scope.Person).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct);
        foreach (var id in chats)
        {
            var chat = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == id, ct);
            var minion = await db
                .Participants.AsNoTracking()
                .Where(p => p.ConversationId == id && p.Citizen!.Kind == CitizenKind.Minion)
                .FirstOrDefaultAsync(ct);
            await scope.Writer.WriteAsync(ArchiveFormat.Chat(id), stream => WriteAsync(scope, stream, chat, minion, ct), ct);
        }

        return chats.Count;
    }

    private static async Task WriteAsync(ExportScope scope, Stream stream, Conversation chat, Participant? minion, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(stream, Writing);
        var head = new ArchivedChat(chat.Id, minion?.CitizenId ?? Guid.Empty)
        {
            Title = chat.Title,
            LeafId = chat.LeafId,
            MinionVersion = minion?.Version,
            CreatedAt = chat.CreatedAt,
            UpdatedAt = chat.UpdatedAt,
        };
        json.WriteStartObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(head, ArchiveJson.Options)!.AsObject())
        {
            if (name != "messages" && value is not null)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        }

        // One after the other: a chat may be longer than the memory that there is.
        json.WriteStartArray("messages");
        await foreach (var row in Rows(scope, chat.Id).AsAsyncEnumerable().WithCancellation(ct))
        {
            JsonSerializer.Serialize(json, RecordOf(row.Message, row.Feedback, scope.Person), ArchiveJson.Options);
            if (json.BytesPending > FlushAt)
            {
                await json.FlushAsync(ct);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(ct);
    }

    private static IQueryable<RatedMessage> Rows(ExportScope scope, Guid chat) =>
        from message in scope.Db.Messages.AsNoTracking()
        where message.ConversationId == chat
        join feedback in scope.Db.MessageFeedback.Where(f => f.PersonId == scope.Person)
            on message.Id equals feedback.MessageId
            into ratings
        from rating in ratings.DefaultIfEmpty()
        // As MessageQueries.InOrder has it.
        orderby message.CreatedAt, message.Id
        select new RatedMessage(message, rating);

    private static ArchivedMessage RecordOf(Message message, MessageFeedback? feedback, Guid person) =>
        new(message.Id, message.AuthorId != person, message.Content, StateOf(message.State))
        {
            ParentId = message.ParentId,
            ReplyToId = message.ReplyToId,
            Error = message.Error,
            FinishReason = message.FinishReason,
            Answer = message.AuthorId == person ? null : AnswerOf(message),
            Feedback = feedback is { Score: null, Correction: null, Comment: null } or null
                ? null
                : new ArchivedFeedback(feedback.CreatedAt, feedback.UpdatedAt, feedback.Score, feedback.Correction, feedback.Comment),
            CreatedAt = message.CreatedAt,
            UpdatedAt = message.UpdatedAt,
        };

    private static ArchivedAnswer AnswerOf(Message message) =>
        new()
        {
            Provider = message.Imported?.Provider ?? message.Provider,
            Model = message.Imported?.Model ?? message.Model,
            MinionVersion = message.Imported?.MinionVersion ?? message.MinionVersion,
            PromptTokens = message.Imported?.PromptTokens ?? message.PromptTokens,
            CompletionTokens = message.Imported?.CompletionTokens ?? message.CompletionTokens,
            Cost = message.Imported?.Cost ?? message.Cost,
            DurationMs = message.Imported?.DurationMs ?? message.DurationMs,
            Sources = [.. (message.Trace?.Passages ?? []).Select(SourceOf)],
        };

    private static ArchivedSource SourceOf(CitedPassage passage) =>
        new(passage.Number, passage.Document, passage.Text, passage.Heading, passage.Page);

    /// <summary>An answer that is being written, or waits for a decision, ends in the archive where it is.</summary>
    private static TurnState StateOf(TurnState state) =>
        state is TurnState.Pending or TurnState.Streaming or TurnState.Waiting ? TurnState.Interrupted : state;

    private sealed record RatedMessage(Message Message, MessageFeedback? Feedback);
}
