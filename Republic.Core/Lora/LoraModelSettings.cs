using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora;

/// <summary>How a model is held for training. None of it changes what is learned, but the seed.</summary>
/// <param name="Seed">Of the first values of the A matrices.</param>
/// <param name="Threads">Of the CPU.</param>
internal sealed record LoraModelSettings(long Seed = 1, int Threads = 1)
{
    /// <summary>Where to compute; null takes a GPU that can do all of it, else the CPU.</summary>
    public ComputeDevice? Device { get; init; }

    /// <summary>
    /// Bytes that may be spent on speed: on transposed copies of the weights, then on activations that are kept instead of
    /// computed again. Null takes half of the memory that is free. Results do not depend on it.
    /// </summary>
    public long? SpareBytes { get; init; }

    /// <summary>
    /// How the transposed weights of the backward pass are stored: F32, F16 or BF16. Null takes BF16 where the processor
    /// multiplies it natively, else F16. A run that is to go on bit for bit needs the same again.
    /// </summary>
    public TensorType? TransposedType { get; init; }

    /// <summary>False copies the weights into the CPU's own buffers, as is done for a GPU. For tests of that path.</summary>
    public bool UseHostMemory { get; init; } = true;

    /// <summary>False transposes instead, as on a device without them. For tests of that path.</summary>
    public bool UseOuterProducts { get; init; } = true;
}
