using System.Globalization;
using Republic.Core.Comparisons;
using Republic.Core.Training.Versions;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Comparisons;

/// <summary>A comparison in words.</summary>
internal static class ComparisonWords
{
    /// <summary>"Versions 0, 2 and 3".</summary>
    public static string Versions(ComparisonCard comparison)
    {
        var numbers = comparison.Versions.Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();
        return $"Versions {string.Join(", ", numbers.SkipLast(1))} and {numbers[^1]}";
    }

    /// <summary>What a person should know of a version before they choose it; empty where there is nothing.</summary>
    public static string Hint(VersionCard version)
    {
        string?[] hints =
        [
            version.Version == 0 ? "the base" : null,
            version.IsLive ? "in use" : null,
            version.Problem is null ? null : "weights out of use",
        ];
        return string.Join(", ", hints.OfType<string>());
    }

    /// <summary>What came of it, for its row.</summary>
    public static (string Label, string? Tone) Outcome(ComparisonCard comparison) =>
        comparison switch
        {
            { IsUnderWay: true } => ("Under way", null),
            { IsTie: true } => ("No difference", null),
            { Winner: { } version } => ($"Version {version} is best", "good"),
            { CanVote: true } => ("Choose the best", "warn"),
            _ => ("Answers are missing", "bad"),
        };

    /// <summary>Tokens, cost and times, as far as they are known.</summary>
    public static string Receipt(AnswerCard answer)
    {
        string?[] parts =
        [
            answer.CompletionTokens is { } tokens ? Figures.Count(tokens, "token") : null,
            answer.Cost is { } cost ? Figures.Cost(cost) : null,
            answer.FirstTokenMs is { } first ? $"first {Figures.Seconds(first)}" : null,
            answer.DurationMs is { } duration ? Figures.Seconds(duration) : null,
        ];
        return string.Join(" · ", parts.Where(part => part is not null));
    }

    public static string Percent(double share) => $"{Math.Round(100 * share).ToString(CultureInfo.InvariantCulture)} %";

    /// <summary>Where a share lies in a drawing that is 200 wide.</summary>
    public static string X(double share) => (6 + (188 * share)).ToString("0.#", CultureInfo.InvariantCulture);
}
