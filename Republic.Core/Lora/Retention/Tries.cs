namespace Republic.Core.Lora.Retention;

/// <summary>
/// How often a version is asked each question: greedily once, and four times as in a chat. One try says little, since which of two
/// answers is the likeliest changes with any training, and back; the share of them that say the same as before moves less.
/// </summary>
internal static class Tries
{
    public const int Count = 1 + Drawn;
    private const int Drawn = 4;

    /// <param name="run">Runs of one seed draw differently; versions that are alike draw alike in the same run.</param>
    /// <returns>How those are drawn that follow the greedy one.</returns>
    public static IReadOnlyList<Sampling> Of(long seed, int run, float temperature) =>
        [.. Enumerable.Range(1 + (run * Drawn), Drawn).Select(draw => new Sampling(-seed - draw, temperature))];

    /// <summary>Computes the share of tries that say what the references say, from 0 to 1.</summary>
    public static double Share(ReferenceSet references, IReadOnlyCollection<string> tries) =>
        (double)tries.Count(references.Says) / tries.Count;
}
