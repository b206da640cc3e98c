using System.Globalization;
using System.Text.RegularExpressions;

namespace Republic.Core.Training.Grading;

/// <summary>How large a model says it is: “7B”, “8x7b”, “494M”.</summary>
internal static partial class ParameterCount
{
    /// <returns>0 where nothing is said, or nothing that can be read.</returns>
    public static double Of(string? parameters) =>
        parameters is not null && Count().Match(parameters) is { Success: true } match
            ? Number(match.Groups["experts"], 1) * Number(match.Groups["number"], 0) * Unit(match.Groups["unit"].Value)
            : 0;

    private static double Number(Group digits, double otherwise) =>
        digits.Success ? double.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : otherwise;

    private static double Unit(string unit) =>
        unit.ToUpperInvariant() switch
        {
            "K" => 1e3,
            "M" => 1e6,
            "T" => 1e12,
            _ => 1e9,
        };

    [GeneratedRegex(
        @"(?:(?<experts>\d{1,6})\s*x\s*)?(?<number>\d{1,9}(?:\.\d{1,6})?)\s*(?<unit>[kmbt])",
        RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Count();
}
