namespace Republic.Core.Training.Reports;

/// <summary>
/// Experience points by the number of rows a minion was ever trained on: straight lines between six given points, flat after the
/// last. A run earns what the curve rises by, so that splitting a dataset into many runs earns nothing extra.
/// </summary>
public static class ExperienceCurve
{
    /// <summary>More rows earn nothing.</summary>
    public const int MostRows = 20_000;

    private static readonly (int Rows, decimal Points)[] Corners =
    [
        (0, 0),
        (10, 25),
        (100, 250),
        (500, 800),
        (4_800, 1_500),
        (MostRows, 2_800),
    ];

    public static decimal At(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (rows >= MostRows)
        {
            return Corners[^1].Points;
        }

        var next = Array.FindIndex(Corners, corner => corner.Rows > rows);
        var (from, to) = (Corners[next - 1], Corners[next]);
        return from.Points + ((to.Points - from.Points) * (rows - from.Rows) / (to.Rows - from.Rows));
    }

    /// <param name="before">Rows that the minion's earlier runs were trained on.</param>
    /// <param name="trained">Rows of this run that were not among them.</param>
    /// <param name="score">Of the answers after it, from 0 to 100.</param>
    /// <returns>Points with two decimals.</returns>
    public static decimal Earned(int before, int trained, decimal score)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trained);
        var rise = At((int)Math.Min((long)before + trained, MostRows)) - At(before);
        return Math.Round(rise * Math.Clamp(score, 0, 100) / 100, 2, MidpointRounding.ToZero);
    }
}
