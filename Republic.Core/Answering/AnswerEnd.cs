namespace Republic.Core.Answering;

/// <summary>The end of an answer: complete, or the reason why not.</summary>
public enum AnswerEnd
{
    Complete,

    /// <summary>It is not over: it goes on when a person has decided on its tool calls.</summary>
    Waiting,

    /// <summary>A person stopped it.</summary>
    Stopped,

    /// <summary>It broke off after its first words, or when the process ended.</summary>
    Interrupted,
    Failed,
}
