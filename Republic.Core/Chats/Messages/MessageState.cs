namespace Republic.Core.Chats.Messages;

public enum MessageState
{
    /// <summary>A person's message, or an answer that ran to its end.</summary>
    Complete,

    /// <summary>An answer that waits for its first token.</summary>
    Pending,

    Streaming,

    /// <summary>A person stopped it; what had come is kept.</summary>
    Stopped,

    /// <summary>The process that wrote it, or the model host, went away in mid-answer; what had come is kept.</summary>
    Interrupted,

    /// <summary>The provider refused or failed; the error says why.</summary>
    Failed,
}
