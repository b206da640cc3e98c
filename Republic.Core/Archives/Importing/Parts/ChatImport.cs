using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Archives.Importing.Reading;
using Republic.Core.Archives.Records;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feedback;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>
/// Chats with all of their branches. Nobody agreed here that minions learn from one, and what answers took elsewhere counts nowhere.
/// </summary>
internal sealed class ChatImport(TimeProvider time) : IImportPart
{
    private const string Begin = "chats/";
    private const string End = ".json";
    private const int MostMessages = 100_000;
    private const int MostCounted = 1_000_000_000;

    public string Kind => ArchiveKinds.Chats;

    public async IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var id in ArchiveFormat.Ids(scope.Archive.Names, Begin, End))
        {
            yield return new ImportItem(id, id.ToString(), end => AddAsync(scope, id, end));
        }
    }

    /// <summary>Those too that were deleted since.</summary>
    public Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        scope.ExistingAsync(db => db.Conversations.IgnoreQueryFilters().Select(c => c.Id), ids, ct);

    private async Task<ImportSkip?> AddAsync(ImportScope scope, Guid original, CancellationToken ct)
    {
        if ((await ExistingAsync(scope, [scope.IdOf(original)], ct)).Count > 0)
        {
            return null;
        }

        var read = await scope.Archive.ReadJsonAsync<ArchivedChat>(ArchiveFormat.Chat(original), ArchiveLimits.MaxChat, ct);
        if (!read.Ok)
        {
            return ImportSkip.Of(read.Failure);
        }

        var chat = read.Value;
        var messages = ChatTree.Of(chat.Messages);
        if (!messages.Ok)
        {
            return ImportSkip.Of(messages.Failure);
        }

        var all = messages.Value;
        return all.Count > MostMessages
            ? new ImportSkip(
                ImportReasons.TooLarge,
                $"It has {Counted.Of(all.Count)} messages; at most {Counted.Of(MostMessages)} are kept."
            )
            : await scope.WithDbAsync(db => AddAsync(scope, db, original, chat, all, ct));
    }

    private async Task<ImportSkip?> AddAsync(
        ImportScope scope,
        RepublicDb db,
        Guid original,
        ArchivedChat chat,
        IReadOnlyList<ArchivedMessage> messages,
        CancellationToken ct
    )
    {
        var minion = scope.IdOf(chat.MinionId);
        if (!await db.Minions.OwnedBy(scope.Person).AnyAsync(m => m.Id == minion, ct))
        {
            return new ImportSkip(ImportReasons.MinionMissing, "The minion that answers in it was not imported.", chat.Title);
        }

        var hasVersion = await db.MinionVersions.AnyAsync(v => v.MinionId == minion && v.Number == chat.MinionVersion, ct);
        var now = time.GetUtcNow();
        var conversation = ConversationOf(scope, original, chat, messages, now);
        conversation.Participants.Add(Joined(conversation, scope.Person, version: null, now));
        conversation.Participants.Add(Joined(conversation, minion, hasVersion ? chat.MinionVersion : null, now));
        db.Add(conversation);
        foreach (var message in messages)
        {
            db.Add(MessageOf(scope, conversation.Id, message, message.ByMinion ? minion : scope.Person, now));
            if (message is { ByMinion: true, Feedback: { } feedback } && FeedbackOf(scope, message, feedback, now) is { } rated)
            {
                db.Add(rated);
            }
        }

        await db.SaveChangesAsync(ct);
        if (chat.MinionVersion is { } version && !hasVersion)
        {
            var message = $"It was with version {version}, which is not here. The version in use answers in it.";
            scope.Note(Kind, conversation.Title ?? original.ToString(), original, ImportReasons.ReferenceDropped, message);
        }

        return null;
    }

    private static Conversation ConversationOf(
        ImportScope scope,
        Guid original,
        ArchivedChat chat,
        IReadOnlyList<ArchivedMessage> messages,
        DateTimeOffset now
    )
    {
        var leaf = messages.Any(m => m.Id == chat.LeafId) ? chat.LeafId : (messages.Count > 0 ? messages[^1].Id : null);
        var title = PlainWords.Named(chat.Title ?? "").AtMost(ConversationEditor.MaxTitle);
        return new Conversation
        {
            Id = scope.IdOf(original),
            OwnerId = scope.Person,
            Title = title.Length > 0 ? title : null,
            LeafId = scope.IdOf(leaf),
            CreatedAt = ArchiveTime.Past(chat.CreatedAt, now),
            UpdatedAt = ArchiveTime.Past(chat.UpdatedAt, now),
        };
    }

    private static Participant Joined(Conversation conversation, Guid citizen, int? version, DateTimeOffset now) =>
        new()
        {
            ConversationId = conversation.Id,
            CitizenId = citizen,
            JoinedAt = conversation.CreatedAt,
            LastReadAt = now,
            Version = version,
        };

    private static Message MessageOf(ImportScope scope, Guid conversation, ArchivedMessage message, Guid author, DateTimeOffset now) =>
        new()
        {
            Id = scope.IdOf(message.Id),
            ConversationId = conversation,
            AuthorId = author,
            ParentId = scope.IdOf(message.ParentId),
            ReplyToId = scope.IdOf(message.ReplyToId),
            Content = message.Content,
            State = StateOf(message),
            Error = message.Error,
            FinishReason = message.FinishReason is { } reason ? ArchiveText.Plain(reason, 32) : null,
            Imported = message.ByMinion ? AnswerOf(message.Answer, now) : null,
            CreatedAt = ArchiveTime.Past(message.CreatedAt, now),
            UpdatedAt = ArchiveTime.Past(message.UpdatedAt, now),
        };

    /// <summary>Nobody writes on what was still written elsewhere.</summary>
    private static TurnState StateOf(ArchivedMessage message) =>
        !message.ByMinion ? TurnState.Complete
        : message.State is TurnState.Pending or TurnState.Streaming or TurnState.Waiting ? TurnState.Interrupted
        : message.State;

    private static ImportedAnswer AnswerOf(ArchivedAnswer? answer, DateTimeOffset now) =>
        new(
            answer?.Provider is { } provider ? ArchiveText.Plain(provider, 64) : null,
            answer?.Model is { } model ? ArchiveText.Plain(model, 300) : null,
            answer?.MinionVersion,
            answer?.PromptTokens is { } prompt ? Math.Clamp(prompt, 0, MostCounted) : null,
            answer?.CompletionTokens is { } completion ? Math.Clamp(completion, 0, MostCounted) : null,
            answer?.Cost is { } cost ? Math.Clamp(cost, 0, MostCounted) : null,
            answer?.DurationMs is { } duration ? Math.Clamp(duration, 0, MostCounted) : null,
            now
        );

    /// <summary>Null where the rules of feedback do not allow it.</summary>
    private static MessageFeedback? FeedbackOf(ImportScope scope, ArchivedMessage message, ArchivedFeedback feedback, DateTimeOffset now)
    {
        var input = new FeedbackInput
        {
            Score = feedback.Score,
            Correction = feedback.Correction,
            Comment = feedback.Comment,
        };
        return input.Checked().Value is { } good && FeedbackRules.IsFinished(StateOf(message), message.Content)
            ? new MessageFeedback
            {
                MessageId = scope.IdOf(message.Id),
                PersonId = scope.Person,
                Score = good.Score,
                Correction = good.Correction,
                Comment = good.Comment,
                CreatedAt = ArchiveTime.Past(feedback.CreatedAt, now),
                UpdatedAt = ArchiveTime.Past(feedback.UpdatedAt, now),
            }
            : null;
    }
}
