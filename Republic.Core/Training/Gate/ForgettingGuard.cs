namespace Republic.Core.Training.Gate;

/// <summary>Held-out loss on general rows that no run trains on, before a run and after it.</summary>
/// <param name="Before">Nats per token.</param>
/// <param name="After">Nats per token.</param>
public sealed record ForgettingGuard(double Before, double After)
{
    public const double MostRise = 0.10;

    public double Rise => (After / Before) - 1;

    /// <summary>A loss that is no number has forgotten everything.</summary>
    public bool Forgets => !(After <= Before * (1 + MostRise));
}
