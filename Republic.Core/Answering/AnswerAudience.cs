namespace Republic.Core.Answering;

/// <summary>Who gets an answer, and so what may go into it.</summary>
public enum AnswerAudience
{
    /// <summary>The minion's own person.</summary>
    Owner,

    /// <summary>A program of that person's, with a token of theirs: all that is linked, and nothing that the minion remembers of them.</summary>
    Program,

    /// <summary>Whoever holds the minion's key: only what its person ticked for outside clients.</summary>
    KeyHolder,

    /// <summary>A training run, or a comparison of versions: it measures what the owner would get, without memories, and without obeying what is asked.</summary>
    Training,

    /// <summary>
    /// The minion's own person, who gets it as the result of a task: all that is linked, and nothing remembered, since what a task, its
    /// comments and its files say is never an order to remember or to forget. Without its model there is no result.
    /// </summary>
    Task,

    /// <summary>
    /// Whoever plays in an episode with the minion: all that is linked, and nothing remembered, since others hear it and what they say is never an
    /// order to remember or to forget.
    /// </summary>
    Episode,
}
