namespace Republic.Core.Providers.Overview;

/// <summary>The calls of one day (UTC), as spending counts them.</summary>
/// <param name="Judged">Of the calls, those that say something of the provider (<see cref="Calls.ModelCall.IsJudged"/>).</param>
/// <param name="Answered">Of the judged ones.</param>
/// <param name="Cost">In US dollars, of those whose cost is known.</param>
/// <param name="Unpriced">Calls whose cost is not known.</param>
/// <param name="Estimated">Calls whose cost is worked out from what was sent, because the provider did not count.</param>
/// <param name="Others">Of the calls, those that others made over this person's key.</param>
/// <param name="OthersCost">Of the cost, theirs.</param>
public sealed record ProviderDay(
    DateOnly Day,
    long Calls,
    long Judged,
    long Answered,
    decimal Cost,
    long Unpriced,
    long Estimated = 0,
    long Others = 0,
    decimal OthersCost = 0
);
