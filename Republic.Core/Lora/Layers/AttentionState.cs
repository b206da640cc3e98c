using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>What a layer's attention computed, as its backward pass needs it.</summary>
internal sealed record AttentionState
{
    /// <summary>What went into the layer: [width, tokens].</summary>
    public required Tensor Input { get; init; }

    public required ProjectionInput IntoQueries { get; init; }

    public required ProjectionInput IntoKeys { get; init; }

    public required ProjectionInput IntoValues { get; init; }

    /// <summary>What the heads took from the values, [head · heads, tokens].</summary>
    public required ProjectionInput IntoOutput { get; init; }

    public required AttentionHeads Heads { get; init; }

    /// <summary>Where the block's result is normalised, the result before that: [width, tokens].</summary>
    public Tensor? Result { get; init; }
}
