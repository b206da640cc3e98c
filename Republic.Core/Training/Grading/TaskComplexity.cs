using System.Collections.Frozen;

namespace Republic.Core.Training.Grading;

/// <summary>How heavy a question weighs among others: by its words, the heaviest one counts.</summary>
public static class TaskComplexity
{
    private const int Simple = 1;
    private const int Medium = 2;
    private const int Complex = 3;

    private static readonly FrozenDictionary<string, int> Words = new Dictionary<string, int>
    {
        ["what"] = Simple,
        ["explain"] = Simple,
        ["define"] = Simple,
        ["list"] = Simple,
        ["analyze"] = Medium,
        ["compare"] = Medium,
        ["evaluate"] = Medium,
        ["create"] = Medium,
        ["design"] = Complex,
        ["implement"] = Complex,
        ["optimize"] = Complex,
        ["integrate"] = Complex,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <returns>1, 2 or 3; 1 where no word says otherwise.</returns>
    public static int Weight(string question) =>
        question
            .Split(null as char[], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Words.GetValueOrDefault(word.Trim('.', ',', '?', '!', ':', ';', '"', '“', '”', '(', ')'), Simple))
            .Append(Simple)
            .Max();

    /// <summary>The mean of scores from 0 to 100 by weight: it stays between them. Null where there are none.</summary>
    public static double? WeightedMean(IReadOnlyCollection<(string Question, double Score)> graded) =>
        graded.Count == 0 ? null : graded.Sum(g => g.Score * Weight(g.Question)) / graded.Sum(g => Weight(g.Question));
}
