namespace Republic.Core.Analytics;

/// <summary>Counts and sums of calls of models; an answer from memory is none.</summary>
public record SpendingFigures
{
    public long Calls { get; init; }

    /// <summary>Calls that say something of the model: not stopped by whoever asked, not wrong in themselves, no try of a key or model.</summary>
    public long JudgedCalls { get; init; }

    /// <summary>Judged calls whose answer came to its end.</summary>
    public long Answered { get; init; }

    public long InputTokens { get; init; }
    public long OutputTokens { get; init; }

    /// <summary>In US dollars, of the calls whose cost is known; null where none is.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Mean over the calls whose cost is known; null where there is none.</summary>
    public decimal? CostPerCall => Calls > UnknownCalls && Cost is { } cost ? Math.Round(cost / (Calls - UnknownCalls), 8) : null;

    /// <summary>Calls whose cost nobody knows: missing in the sum.</summary>
    public long UnknownCalls { get; init; }

    /// <summary>Calls whose cost is an estimate.</summary>
    public long EstimatedCalls { get; init; }

    /// <summary>Calls that stayed on this machine.</summary>
    public long StayedCalls { get; init; }

    public static SpendingFigures Sum(IEnumerable<SpendingFigures> all) =>
        all.Aggregate(
            new SpendingFigures(),
            (sum, one) =>
                new()
                {
                    Calls = sum.Calls + one.Calls,
                    JudgedCalls = sum.JudgedCalls + one.JudgedCalls,
                    Answered = sum.Answered + one.Answered,
                    InputTokens = sum.InputTokens + one.InputTokens,
                    OutputTokens = sum.OutputTokens + one.OutputTokens,
                    Cost = one.Cost is null ? sum.Cost : (sum.Cost ?? 0) + one.Cost,
                    UnknownCalls = sum.UnknownCalls + one.UnknownCalls,
                    EstimatedCalls = sum.EstimatedCalls + one.EstimatedCalls,
                    StayedCalls = sum.StayedCalls + one.StayedCalls,
                }
        );
}
