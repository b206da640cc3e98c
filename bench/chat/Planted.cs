namespace Republic.Bench;

/// <summary>What was planted for one person.</summary>
internal sealed class Planted
{
    /// <summary>The time of the first message.</summary>
    public required DateTimeOffset Begin { get; init; }

    /// <summary>Each with its minion.</summary>
    public Dictionary<Guid, Guid> Chats { get; } = [];

    public List<Needle> Needles { get; } = [];

    /// <summary>The chat with the long branch, and its last message.</summary>
    public (Guid Chat, Guid Last) Long { get; set; }

    /// <summary>The chat with many branches, and the last of them.</summary>
    public (Guid Chat, Guid Last) Branched { get; set; }

    public Needle NeedleOf(int request) => Needles[request % Needles.Count];
}
