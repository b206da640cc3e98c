using Republic.Core.Training.Gate;

namespace Republic.Core.Training.Grading;

/// <summary>From graded pairs to what the gate compares.</summary>
internal static class Pairing
{
    /// <summary>Whether so many are missing that the rest would say little: more than a third.</summary>
    public static bool TooManyMissing(int notGraded, int all) => 3 * notGraded > all;

    /// <summary>One for each prompt, with a value for each repeat that was graded.</summary>
    public static IReadOnlyList<PairedPrompt> Of(IEnumerable<GradedPair> pairs) =>
        [
            .. pairs
                .Where(pair => pair.IsGraded)
                .GroupBy(pair => pair.Prompt)
                .Select(prompt => new PairedPrompt(
                    prompt.First().Text,
                    [.. prompt.Select(pair => pair.Before!.Value)],
                    [.. prompt.Select(pair => pair.After!.Value)]
                )
                {
                    Group = prompt.First().Group,
                }),
        ];
}
