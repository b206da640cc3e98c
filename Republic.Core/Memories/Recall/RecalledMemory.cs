namespace Republic.Core.Memories.Recall;

/// <param name="Id">Null: it was said in the chat that the question is asked in, and is kept nowhere else.</param>
/// <param name="Fits">Found for the question; else it matters always.</param>
public sealed record RecalledMemory(Guid? Id, string Content, bool Fits)
{
    /// <summary>Likeness of its meaning to the question, 0 to 1; 0 where that is not known.</summary>
    public double Likeness { get; init; }

    /// <summary>Chat that it was said in; null where the person wrote it down.</summary>
    public Guid? ConversationId { get; init; }

    public Guid? MessageId { get; init; }

    /// <summary>The minion learned it in an episode, and the person did not say it of themselves.</summary>
    public bool IsOfEpisode { get; init; }

    /// <summary>That episode; null where it is gone.</summary>
    public Guid? EpisodeId { get; init; }
}
