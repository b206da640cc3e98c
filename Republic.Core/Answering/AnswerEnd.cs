namespace Republic.Core.Answering;

/// <summary>How an answer ended.</summary>
public enum AnswerEnd
{
    Complete,

    /// <summary>A person stopped it.</summary>
    Stopped,

    /// <summary>It broke off after its first words, or when the process ended.</summary>
    Interrupted,
    Failed,
}
