namespace Republic.Core.Knowledge.Retrieval;

/// <summary>Two orders made into one by the ranks alone, since what they count cannot be compared (Cormack, Clarke and Büttcher, 2009).</summary>
internal static class Fusion
{
    private const double Flatness = 60;

    /// <param name="ranks">From 1; null where a way did not find it.</param>
    public static double Weight(params ReadOnlySpan<int?> ranks)
    {
        var sum = 0.0;
        foreach (var rank in ranks)
        {
            sum += rank is { } place ? 1 / (Flatness + place) : 0;
        }

        return sum;
    }
}
