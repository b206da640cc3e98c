namespace Republic.Core.Lora.Checks;

/// <summary>The same loss computed twice.</summary>
/// <param name="Trainer">By the trainer's graphs, in nats per target.</param>
/// <param name="Reference">By llama.cpp.</param>
internal sealed record ParityResult(double Trainer, double Reference)
{
    /// <summary>Relative to the reference.</summary>
    public double Difference => Math.Abs(Trainer - Reference) / Math.Max(Math.Abs(Reference), 1e-9);
}
