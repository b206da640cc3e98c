using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <summary>What a layer's feed-forward part computed, as its backward pass needs it.</summary>
internal sealed record FeedForwardState
{
    /// <summary>What came from attention: [width, tokens].</summary>
    public required Tensor Input { get; init; }

    public required ProjectionInput IntoGate { get; init; }

    public required ProjectionInput IntoUp { get; init; }

    /// <summary>The activated gate · up: [feed-forward, tokens].</summary>
    public required ProjectionInput IntoDown { get; init; }

    /// <summary>[feed-forward, tokens].</summary>
    public required Tensor Gate { get; init; }

    /// <summary>[feed-forward, tokens].</summary>
    public required Tensor Up { get; init; }

    /// <summary>Where the block's result is normalised, the result before that: [width, tokens].</summary>
    public Tensor? Result { get; init; }
}
