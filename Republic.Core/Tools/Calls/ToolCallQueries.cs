using Republic.Core.Answering.Tools;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;

namespace Republic.Core.Tools.Calls;

internal static class ToolCallQueries
{
    /// <summary>A person's calls, but for those of chats that they deleted.</summary>
    public static IQueryable<ToolCall> VisibleTo(this IQueryable<ToolCall> calls, RepublicDb db, Guid person)
    {
        var answers = db.Messages.NotDeleted(db);
        return calls.OwnedBy(person).Where(c => c.MessageId == null || answers.Any(m => m.Id == c.MessageId));
    }
}
