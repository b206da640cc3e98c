namespace Republic.Core.Answering.Turns;

/// <summary>The state of a turn. The names are those that are stored.</summary>
public enum TurnState
{
    /// <summary>An answer that ran to its end, or what a person wrote.</summary>
    Complete,

    /// <summary>An answer that nobody has begun, or that waits for its first token.</summary>
    Pending,

    /// <summary>An answer that is being written. Where a later start of its job finds it so, it was interrupted.</summary>
    Streaming,

    /// <summary>An answer that goes on when a person has decided on its tool calls. Nobody writes it meanwhile.</summary>
    Waiting,

    /// <summary>A person stopped it, or its subject was taken from the minion; what had come is kept.</summary>
    Stopped,

    /// <summary>The process that wrote it, or the model host, went away in mid-answer; what had come is kept.</summary>
    Interrupted,

    /// <summary>It was refused, failed or passed a limit; the error says which, and what had come is kept.</summary>
    Failed,
}
