namespace Republic.Core.Comparisons;

/// <summary>The state of an answer as the page and the API show it.</summary>
public enum AnswerState
{
    /// <summary>Not asked yet.</summary>
    Pending,

    /// <summary>Being asked. Where a later start of the job finds it so, it was interrupted.</summary>
    Streaming,
    Complete,

    /// <summary>Refused, broken off, interrupted or stopped; the error says which, and what had come is kept.</summary>
    Failed,
}
