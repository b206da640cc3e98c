using System.Text.RegularExpressions;

namespace Republic.Core.Training.Traits;

/// <summary>
/// Measures a trait in an answer by its words: 100 · (marks found / marks wanted, at most 1 − 0.25 per break) · length, where length
/// is most words / words if that is below 1. It counts what is there; whether the answer is good is the judge's to say.
/// </summary>
public static partial class TraitCheck
{
    private const double BreakCost = 0.25;

    /// <returns>0 to 100; 0 for an empty answer.</returns>
    public static double Score(Trait trait, string answer)
    {
        var words = Words().Matches(answer).Select(match => match.Value.ToLowerInvariant()).ToList();
        if (words.Count == 0)
        {
            return 0;
        }

        var text = $" {string.Join(' ', words)} ";
        bool Shows(string mark) =>
            mark is "!" or "?" ? answer.Contains(mark, StringComparison.Ordinal) : text.Contains($" {mark}", StringComparison.Ordinal);
        var shown = trait.Want == 0 ? 1 : Math.Min(1, (double)trait.Marks.Count(Shows) / trait.Want);
        var broken = BreakCost * trait.Breaks.Count(Shows);
        var length = trait.MostWords is { } most ? Math.Min(1, (double)most / words.Count) : 1;
        return 100 * Math.Max(0, shown - broken) * length;
    }

    [GeneratedRegex(@"[\p{L}\p{N}'’]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
