namespace Republic.Core.Events;

/// <summary>Something of a person's that changed just now. It is a hint: what matters stands in the database.</summary>
/// <param name="Name">What happened, e.g. <c>chat.delta</c>.</param>
/// <param name="Subject">The conversation, job or other row it happened to.</param>
/// <param name="Data">JSON, or null where there is none or it was too big to travel between nodes: then read the subject again.</param>
public sealed record LiveEvent(string Name, Guid Subject, string? Data)
{
    /// <summary>Events stay in memory for a while, so a burst, as of a run that continues from a checkpoint, is left to the table.</summary>
    private const int MostData = 16_000;

    /// <summary>Announces entries of a journal that are saved by now. Too many of them are read from the journal instead.</summary>
    public static LiveEvent Of(string name, Guid subject, IEnumerable<JournalEntry> entries) =>
        new(name, subject, JournalEntry.ToJson(entries) is { Length: < MostData } json ? json : null);
}
