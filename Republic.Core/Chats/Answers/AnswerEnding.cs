namespace Republic.Core.Chats.Answers;

internal enum AnswerEnding
{
    Running,

    /// <summary>A person stopped it.</summary>
    Stopped,

    /// <summary>This process is going down.</summary>
    Shutdown,

    /// <summary>Its row is no longer ours to write: swept as silent, or deleted with its conversation.</summary>
    Lost,
}
