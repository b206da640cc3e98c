namespace Republic.Core.Providers.Spending;

/// <summary>Dollars as whole billionths: exact, and added up without rounding.</summary>
internal static class Money
{
    private const decimal Billion = 1_000_000_000;

    /// <summary>Up to the next billionth: a limit is never passed by rounding.</summary>
    public static long Billionths(decimal dollars) => (long)Math.Ceiling(Math.Min(dollars, 1_000_000_000) * Billion);

    public static decimal Dollars(long billionths) => billionths / Billion;
}
