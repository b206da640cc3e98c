using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Embedding;

namespace Republic.Core.Memories;

/// <summary>How a person wants to be remembered. No row: as the defaults here say.</summary>
public sealed class MemorySettings
{
    public required Guid PersonId { get; init; }

    /// <summary>Off: nothing is recalled and nothing proposed.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Minions look for something to remember in what the person writes: one more call to the minion's model for each message.</summary>
    public bool Proposes { get; set; }

    /// <summary>The model that the person chose; null where none was chosen, or <see cref="ByWords"/> was.</summary>
    public EmbeddingModel? Embedding { get; set; }

    /// <summary>The person chose to be recalled by words alone.</summary>
    public bool ByWords { get; set; }

    /// <summary>The model to recall with; null: by words alone.</summary>
    public EmbeddingModel? EmbeddingOf(BuiltInEmbedding builtIn) => ByWords ? null : Embedding ?? builtIn.Default;

    /// <param name="model">Null: none is chosen.</param>
    public void RecallBy(EmbeddingModel? model, bool byWords) => (Embedding, ByWords) = (byWords ? null : model, byWords);
}
