using Microsoft.EntityFrameworkCore;

namespace Republic.Core.Chats.Conversations;

public static class ConversationQueries
{
    /// <summary>Those that were deleted and can be restored. Every other query leaves them out, by the filter of the table.</summary>
    public static IQueryable<Conversation> Deleted(this IQueryable<Conversation> conversations) =>
        conversations.IgnoreQueryFilters().Where(c => c.DeletedAt != null);
}
