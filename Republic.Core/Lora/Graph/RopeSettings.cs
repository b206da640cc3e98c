namespace Republic.Core.Lora.Graph;

/// <summary>
/// Rotary position embedding (Su et al., arXiv 2104.09864) with the extensions of ggml_rope_ext.
/// </summary>
/// <param name="Dimensions">How many numbers of a head are rotated: even.</param>
/// <param name="NeoX">True rotates number i with number i + Dimensions/2 (NeoX), false with its neighbour (llama).</param>
/// <param name="Base">The longest wavelength's base, e.g. 10000.</param>
/// <param name="Scale">1 over the factor of linear scaling.</param>
/// <param name="Factors">One divisor of the frequency per pair (Llama 3.x), or null.</param>
internal sealed record RopeSettings(int Dimensions, bool NeoX, float Base, float Scale = 1, Tensor? Factors = null);
