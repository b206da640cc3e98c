using Republic.Core.Chats.Messages;

namespace Republic.Web.Pages.Chats;

public sealed class MessageForm
{
    public string? Content { get; set; }

    /// <summary>Made with the form: sent twice, it is one message.</summary>
    public string? Key { get; set; }

    public MessageInput ToInput() => new(Content, null, Key);
}
