namespace Republic.Sprout.Making;

/// <summary>One matrix, or a norm's row of factors, with its gradient.</summary>
/// <param name="Inputs">The lengths are in ggml's order: [Inputs, Outputs].</param>
/// <param name="Outputs">1 for a norm.</param>
internal sealed record SproutWeight(string Name, int Inputs, int Outputs)
{
    public float[] Values { get; } = new float[(long)Inputs * Outputs];

    public float[] Gradient { get; } = new float[(long)Inputs * Outputs];

    public bool IsNorm => Outputs == 1;
}
