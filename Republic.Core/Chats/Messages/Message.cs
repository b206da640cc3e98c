using Republic.Core.Answering.Turns;
using Republic.Core.Citizens;

namespace Republic.Core.Chats.Messages;

/// <summary>A message in a chat: the words of a person, or the answer of a minion.</summary>
public sealed class Message : Turn
{
    public required Guid ConversationId { get; init; }

    public required Guid AuthorId { get; init; }

    public Citizen? Author { get; init; }

    /// <summary>The message before this one. Siblings are branches: an answer given again, a question asked differently.</summary>
    public Guid? ParentId { get; init; }

    public Guid? ReplyToId { get; init; }

    /// <summary>Made by the sender: the same form sent twice is one message.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Of an answer that was given elsewhere and imported; null for all that was said here.</summary>
    public ImportedAnswer? Imported { get; init; }

    /// <summary>What it says is searched. Whatever changes that takes it back.</summary>
    public bool IsIndexed { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
