namespace Republic.Core.Minions;

/// <summary>
/// Reads the newest questions that a minion was asked in chats whose people let them teach, for modules that may not read its conversations.
/// </summary>
public interface IRecentQuestions
{
    /// <param name="most">How many, the newest first.</param>
    /// <param name="longest">In characters; longer ones are passed over.</param>
    Task<IReadOnlyList<string>> OfAsync(Guid minionId, int most, int longest, CancellationToken ct);
}
