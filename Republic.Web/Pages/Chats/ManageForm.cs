using Republic.Core.Chats.Conversations;

namespace Republic.Web.Pages.Chats;

/// <param name="Minion">Who may learn from the chat.</param>
public sealed record ManageForm(Guid Id, string? Title, string Minion, bool Teaches)
{
    public static ManageForm Of(Transcript chat, string? title) =>
        new(chat.Conversation.Id, title, chat.Minion?.DisplayName ?? "the minion", chat.Conversation.Teaches);
}
