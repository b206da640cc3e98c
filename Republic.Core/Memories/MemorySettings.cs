using Republic.Core.Knowledge;

namespace Republic.Core.Memories;

/// <summary>How a person wants to be remembered. No row: as the defaults here say.</summary>
public sealed class MemorySettings
{
    public required Guid PersonId { get; init; }

    /// <summary>Off: nothing is recalled and nothing proposed.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Minions look for something to remember in what the person writes: one more call to the minion's model for each message.</summary>
    public bool Proposes { get; set; }

    /// <summary>Null: recalled by words alone.</summary>
    public EmbeddingModel? Embedding { get; set; }
}
