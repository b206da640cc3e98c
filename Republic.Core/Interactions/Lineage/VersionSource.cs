namespace Republic.Core.Interactions.Lineage;

/// <summary>The chats and pairs that a version learned from.</summary>
/// <param name="Pairs">Of its own run and of those whose weights it went on from.</param>
/// <param name="Chats">The conversations they come from.</param>
public sealed record VersionSource(int Version, int Pairs, int Corrections, IReadOnlyList<VersionSource.Chat> Chats)
{
    /// <summary>The number of memories that stood in prompts the version learned from and were forgotten since.</summary>
    public int ForgottenMemories { get; init; }

    /// <summary>The number of pairs from chats that were deleted or taken back.</summary>
    public int TakenBack => Chats.Where(chat => !chat.Teaches).Sum(chat => chat.Pairs);

    /// <summary>True where the version knows something that its person took back.</summary>
    public bool IsTainted => ForgottenMemories > 0 || Chats.Any(chat => !chat.Teaches);

    /// <param name="Title">Null where it has none or is deleted.</param>
    /// <param name="Exists">It was not deleted.</param>
    /// <param name="Teaches">All who take part agree still.</param>
    public sealed record Chat(Guid Id, string? Title, int Pairs, bool Exists, bool Teaches);
}
