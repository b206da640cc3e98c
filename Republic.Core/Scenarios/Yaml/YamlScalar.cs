using System.Globalization;
using System.Text.RegularExpressions;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>A single value, which is what the core schema of YAML 1.2 says it is.</summary>
/// <param name="IsPlain">Without quotes; otherwise it is a text, whatever it says.</param>
internal sealed partial record YamlScalar(string Text, bool IsPlain, int Line, int Column) : YamlNode(Line, Column)
{
    private const int LongestNumber = 64;

    public bool IsNull => IsPlain && (Text is "" or "~" or "null" or "Null" or "NULL");

    public bool? Flag =>
        !IsPlain ? null
        : Text is "true" or "True" or "TRUE" ? true
        : Text is "false" or "False" or "FALSE" ? false
        : null;

    public bool IsNumber => IsPlain && (IsHexadecimal || IsOctal || DecimalNumber().IsMatch(Text) || BeyondNumbers().IsMatch(Text));

    /// <summary>Null where it is no number, an infinite one, or one with more digits than can be kept.</summary>
    public decimal? Number =>
        !IsNumber || Text.Length > LongestNumber ? null
        : IsHexadecimal ? Whole(16)
        : IsOctal ? Whole(8)
        : decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !IsRoundedAway(number) ? number
        : null;

    /// <summary>Null where it is no number, or an infinite one.</summary>
    public double? Real =>
        Number is { } exact && (IsHexadecimal || IsOctal) ? (double)exact
        : IsNumber && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
        : null;

    public bool IsText => !IsNull && Flag is null && !IsNumber;

    private bool IsHexadecimal => Text.StartsWith("0x", StringComparison.Ordinal) && IsOf("0123456789abcdefABCDEF");

    private bool IsOctal => Text.StartsWith("0o", StringComparison.Ordinal) && IsOf("01234567");

    private bool IsOf(string digits) => Text.Length > 2 && Text.AsSpan(2).IndexOfAnyExcept(digits) < 0;

    private decimal? Whole(int radix)
    {
        var sum = 0m;
        foreach (var digit in Text.AsSpan(2))
        {
            if (sum > decimal.MaxValue / 16 - 16)
            {
                return null;
            }

            sum = (sum * radix) + Convert.ToInt32(digit.ToString(), 16);
        }

        return sum;
    }

    // 1e-40 is not nothing, but no decimal is that small.
    private bool IsRoundedAway(decimal number) => number == 0 && Text.Split('e', 'E')[0].AsSpan().ContainsAnyInRange('1', '9');

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DecimalNumber();

    [GeneratedRegex(@"\A([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BeyondNumbers();
}
