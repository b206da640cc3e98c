using Republic.Core.Events;

namespace Republic.Core.Chats.Feeds;

/// <summary>How much of a growing answer one reader of a conversation has: its text, and the stages before it.</summary>
internal sealed class AnswerFollower(int length) : TextFollower(length)
{
    /// <summary>How many of its stages the reader was told of; −1 where it has generation alone, null before the reader was told anything.</summary>
    public int? Stages { get; set; }
}
