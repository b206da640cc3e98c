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

    /// <summary>Over the rows that were measured both times; each weighs the same, however long it is.</summary>
    /// <param name="before">Of every row, null where it cannot be used.</param>
    /// <param name="after">Of the same rows.</param>
    public static ForgettingGuard Of(IReadOnlyList<double?> before, IReadOnlyList<double?> after)
    {
        if (before.Count != after.Count)
        {
            throw new ArgumentException($"{before.Count} rows were measured before and {after.Count} after.", nameof(after));
        }

        var both = before.Zip(after).Where(row => row is { First: not null, Second: not null }).ToList();
        return both.Count > 0
            ? new(both.Average(row => row.First!.Value), both.Average(row => row.Second!.Value))
            : new(double.NaN, double.NaN);
    }
}
