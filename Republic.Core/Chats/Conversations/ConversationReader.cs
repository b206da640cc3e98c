using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;
using Republic.Core.Data;

namespace Republic.Core.Chats.Conversations;

/// <summary>Reads a person's conversations.</summary>
public sealed class ConversationReader(IDbContextFactory<RepublicDb> databases, TimeProvider time)
{
    public const int MaxPage = 200;

    private const int SnippetLength = 160;

    /// <summary>The newest first. <paramref name="before"/> is the last row of the page before this one.</summary>
    public Task<IReadOnlyList<ConversationRow>> ListAsync(Guid person, int limit, ConversationCursor? before, CancellationToken ct) =>
        ListAsync(person, new ConversationFilter(), limit, before, ct);

    public async Task<IReadOnlyList<ConversationRow>> ListAsync(
        Guid person,
        ConversationFilter filter,
        int limit,
        ConversationCursor? before,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var conversations = (filter.IsDeleted ? Restorable(db) : db.Conversations).OwnedBy(person);
        conversations = filter.RelatedType is { } type ? conversations.Where(c => c.RelatedType == type) : conversations;
        conversations = filter.RelatedId is { } id ? conversations.Where(c => c.RelatedId == id) : conversations;
        conversations = filter.IsDeleted ? LastDeleted(conversations, before) : Newest(conversations, before);
        return await RowsAsync(db, conversations.Take(Math.Clamp(limit, 1, MaxPage)), person, ct);
    }

    public async Task<Outcome<ConversationRow>> FindAsync(Guid person, Guid conversation, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await RowsAsync(db, db.Conversations.OwnedBy(person).Where(c => c.Id == conversation), person, ct);
        return rows.Count == 1 ? rows[0] : Failure.NotFound("conversation");
    }

    /// <summary>Conversations that wait for the person: with something new in them, or with a tool call to decide on.</summary>
    public async Task<int> CountWaitingAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Waiting(db, person).CountAsync(ct);
    }

    internal static IQueryable<Conversation> Waiting(RepublicDb db, Guid person)
    {
        var asking =
            from call in db.ToolCalls
            where call.OwnerId == person && call.Status == ToolCallStatus.Pending
            join message in db.Messages on call.MessageId equals (Guid?)message.Id
            select message.ConversationId;
        var unread = db.Participants.Where(p => p.CitizenId == person && p.UnreadSince != null).Select(p => p.ConversationId);
        var waiting = asking.Union(unread);
        return db.Conversations.OwnedBy(person).Where(c => waiting.Contains(c.Id));
    }

    /// <summary>Those that were deleted, while there is time to restore them.</summary>
    private IQueryable<Conversation> Restorable(RepublicDb db)
    {
        var since = time.GetUtcNow().AddDays(-Conversation.DaysKept);
        return db.Conversations.Deleted().Where(c => c.DeletedAt > since);
    }

    private static IQueryable<Conversation> Newest(IQueryable<Conversation> all, ConversationCursor? before) =>
        (before is { } b ? all.Where(c => c.UpdatedAt < b.At || (c.UpdatedAt == b.At && c.Id < b.Id)) : all)
            .OrderByDescending(c => c.UpdatedAt)
            .ThenByDescending(c => c.Id);

    private static IQueryable<Conversation> LastDeleted(IQueryable<Conversation> all, ConversationCursor? before) =>
        (before is { } b ? all.Where(c => c.DeletedAt < b.At || (c.DeletedAt == b.At && c.Id < b.Id)) : all)
            .OrderByDescending(c => c.DeletedAt)
            .ThenByDescending(c => c.Id);

    private static IQueryable<Message> UnreadMessages(RepublicDb db, Guid person) =>
        from message in db.Messages
        join participant in db.Participants
            on new { message.ConversationId, CitizenId = person } equals new { participant.ConversationId, participant.CitizenId }
        where
            message.AuthorId != person
            && message.State != TurnState.Pending
            && message.State != TurnState.Streaming
            && message.UpdatedAt >= participant.UnreadSince
        select message;

    private static async Task<List<ConversationRow>> RowsAsync(
        RepublicDb db,
        IQueryable<Conversation> conversations,
        Guid person,
        CancellationToken ct
    )
    {
        var rows = await conversations
            .Select(c => new { Conversation = c, Unread = UnreadMessages(db, person).Count(m => m.ConversationId == c.Id) })
            .AsNoTracking()
            .ToListAsync(ct);
        var participants = await ParticipantsAsync(db, [.. rows.Select(r => r.Conversation.Id)], ct);
        var last = await LastMessagesAsync(db, [.. rows.Select(r => r.Conversation.LeafId)], ct);
        return
        [
            .. rows.Select(r => new ConversationRow
            {
                Id = r.Conversation.Id,
                Title = r.Conversation.Title,
                CreatedBy = r.Conversation.OwnerId,
                RelatedType = r.Conversation.RelatedType,
                RelatedId = r.Conversation.RelatedId,
                Participants = [.. participants[r.Conversation.Id]],
                CreatedAt = r.Conversation.CreatedAt,
                UpdatedAt = r.Conversation.UpdatedAt,
                UnreadCount = r.Unread,
                DeletedAt = r.Conversation.DeletedAt,
                LastMessage = r.Conversation.LeafId is { } leaf ? last.GetValueOrDefault(leaf) : null,
            }),
        ];
    }

    // Asked for by themselves: within the rows' own query, EF would have the database number all messages there are.
    private static async Task<Dictionary<Guid, LastMessageRow>> LastMessagesAsync(RepublicDb db, List<Guid?> ids, CancellationToken ct)
    {
        var messages = await db
            .Messages.Where(m => ids.Contains(m.Id))
            .Select(m => new
            {
                Row = new LastMessageRow(m.Id, m.AuthorId, m.Content.Substring(0, SnippetLength), m.State),
                HasSources = m.Trace != null,
            })
            .ToListAsync(ct);
        return messages.ToDictionary(
            m => m.Row.Id,
            m =>
                m.Row with
                {
                    Snippet = PlainWords.OneLine(m.HasSources ? PlainWords.Uncited(m.Row.Snippet) : m.Row.Snippet, SnippetLength),
                }
        );
    }

    private static async Task<ILookup<Guid, ParticipantRow>> ParticipantsAsync(
        RepublicDb db,
        List<Guid> conversations,
        CancellationToken ct
    )
    {
        var rows = await (
            from participant in db.Participants
            where conversations.Contains(participant.ConversationId)
            join citizen in db.Citizens on participant.CitizenId equals citizen.Id
            join minion in db.Minions.IgnoreAutoIncludes() on citizen.Id equals minion.Id into minions
            from minion in minions.DefaultIfEmpty()
            orderby participant.JoinedAt, participant.CitizenId
            select new
            {
                participant.ConversationId,
                Row = new ParticipantRow
                {
                    Id = citizen.Id,
                    ConversationId = participant.ConversationId,
                    JoinedAt = participant.JoinedAt,
                    DisplayName = citizen.DisplayName,
                    Kind = citizen.Kind,
                    Avatar = citizen.Avatar,
                    AvatarImageId = citizen.AvatarImageId,
                    LastReadAt = participant.LastReadAt,
                    Version = participant.Version,
                    TeachesSince = participant.TeachesSince,
                    Experience = minion == null ? null : minion.Experience,
                    IsDeleted = citizen.Kind == CitizenKind.Minion && (minion == null || minion.DeletedAt != null),
                },
            }
        ).ToListAsync(ct);
        return rows.ToLookup(r => r.ConversationId, r => r.Row);
    }
}
