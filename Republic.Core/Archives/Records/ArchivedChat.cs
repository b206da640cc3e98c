namespace Republic.Core.Archives.Records;

/// <summary>A chat with all of its branches: <c>chats/&lt;id&gt;.json</c>.</summary>
/// <param name="MinionId">Who answers in it.</param>
internal sealed record ArchivedChat(Guid Id, Guid MinionId)
{
    public string? Title { get; init; }

    /// <summary>The last message of the branch that is shown.</summary>
    public Guid? LeafId { get; init; }

    /// <summary>The version that answers in it; null for the one in use.</summary>
    public int? MinionVersion { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>In the order in which they were written. Siblings, which have the same parent, are branches.</summary>
    public IReadOnlyList<ArchivedMessage> Messages { get; init; } = [];
}
