namespace Republic.Core.Chats.Conversations;

/// <summary>A kind of thing that conversations can be about, of a module that chats know nothing of.</summary>
public interface IConversationSubject
{
    /// <summary>The <see cref="Conversation.RelatedType"/> of conversations about it.</summary>
    string Type { get; }

    Task<bool> ExistsAsync(Guid person, Guid id, CancellationToken ct);

    /// <summary>Describes it for the minion of the conversation; null where it is gone.</summary>
    /// <param name="length">The most characters.</param>
    Task<string?> DescribeAsync(Guid person, Guid id, int length, CancellationToken ct);
}
