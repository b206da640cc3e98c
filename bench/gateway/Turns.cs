namespace Republic.Bench;

internal static class Turns
{
    /// <summary>What each gives, in the gateways' order; who begins changes with the round.</summary>
    public static T[] Taken<T>(IReadOnlyList<Gateway> gateways, int round, Func<Gateway, T> measure)
    {
        var figures = new T[gateways.Count];
        for (var turn = 0; turn < gateways.Count; turn++)
        {
            var at = (turn + round) % gateways.Count;
            figures[at] = measure(gateways[at]);
        }

        return figures;
    }
}
