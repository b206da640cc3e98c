namespace Republic.Core.Answering.Links;

/// <summary>A minion answers from a collection.</summary>
public sealed class CollectionLink
{
    public required Guid MinionId { get; init; }

    public required Guid CollectionId { get; init; }

    /// <summary>Also where an outside client asks with the minion's key.</summary>
    public bool AnswersOutside { get; set; }

    /// <summary>The version of the minion that brought it, and takes it away when it is gone back from; null: a person linked it.</summary>
    public int? Version { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
