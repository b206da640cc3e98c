using Republic.Core.Data;

namespace Republic.Core.Chats.Messages;

public static class MessageQueries
{
    /// <summary>Ids are made in time order, and break the tie between a question and its answer.</summary>
    public static IQueryable<Message> InOrder(this IQueryable<Message> messages) => messages.OrderBy(m => m.CreatedAt).ThenBy(m => m.Id);

    public static IQueryable<MessageNode> Nodes(this IQueryable<Message> messages) =>
        messages.Select(m => new MessageNode(m.Id, m.ParentId, m.AuthorId));

    public static IQueryable<Message> OwnedBy(this IQueryable<Message> messages, RepublicDb db, Guid person) =>
        messages.Where(m => db.Conversations.Any(c => c.Id == m.ConversationId && c.OwnerId == person));

    /// <summary>Those of chats that are not deleted, for queries that come to messages without their chat.</summary>
    public static IQueryable<Message> NotDeleted(this IQueryable<Message> messages, RepublicDb db) =>
        messages.Where(m => db.Conversations.Any(c => c.Id == m.ConversationId));

    /// <summary>What a person wrote to a minion, in whichever of their chats.</summary>
    public static IQueryable<Message> AskedOf(this IQueryable<Message> messages, RepublicDb db, Guid person, Guid minion) =>
        messages.Where(m =>
            m.AuthorId == person
            && db.Conversations.Any(c => c.Id == m.ConversationId && c.OwnerId == person && c.Participants.Any(p => p.CitizenId == minion))
        );
}
