namespace Republic.Core.Lora.Retention;

/// <summary>
/// The answers that each version gives to each question: one greedy, and two drawn at the temperature of a chat. A single answer
/// says little, because any training swaps which of two wordings is the likeliest; the share of samples that agree with the
/// references is steadier.
/// </summary>
internal static class AnswerSamples
{
    public const int Count = 1 + Drawn;
    private const int Drawn = 2;

    /// <param name="run">Runs of one seed draw differently; equal versions draw the same in the same run.</param>
    /// <returns>How the samples after the greedy one are drawn.</returns>
    public static IReadOnlyList<SamplingParameters> Of(long seed, int run, float temperature) =>
        [.. Enumerable.Range(1 + (run * Drawn), Drawn).Select(draw => new SamplingParameters(-seed - draw, temperature))];

    /// <summary>Computes the share of samples that say what the references say, from 0 to 1.</summary>
    public static double Agreement(ReferenceSet references, IReadOnlyCollection<string> samples) =>
        (double)samples.Count(references.Says) / samples.Count;
}
