namespace Republic.Core.Pipeline;

/// <summary>Who gets an answer, and so what may go into it.</summary>
public enum AnswerAudience
{
    /// <summary>The minion's own person.</summary>
    Owner,

    /// <summary>Whoever holds the minion's key: only what its person ticked for outside clients.</summary>
    KeyHolder,

    /// <summary>A training run, which measures what the owner would get.</summary>
    Training,
}
