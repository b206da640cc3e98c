namespace Republic.Core.Comparisons;

/// <summary>The share of comparisons that a version won, a tie counting half, with the interval that it lies in (Wilson, 95 %). From 0 to 1.</summary>
public sealed record WinRate(double Rate, double Low, double High)
{
    /// <summary>With fewer votes the interval is so wide that it says nothing.</summary>
    public const int FewestVotes = 10;

    private const double Z = 1.959963984540054;

    /// <summary>Null with fewer than <see cref="FewestVotes"/>.</summary>
    internal static WinRate? Of(long won, long lost, long tied)
    {
        double votes = won + lost + tied;
        if (votes < FewestVotes)
        {
            return null;
        }

        var rate = (won + (tied / 2.0)) / votes;
        var square = Z * Z / votes;
        var middle = (rate + (square / 2)) / (1 + square);
        var half = Z * Math.Sqrt((rate * (1 - rate) / votes) + (square / (4 * votes))) / (1 + square);
        return new WinRate(rate, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
