using System.Globalization;
using System.Text.RegularExpressions;

namespace Republic.Core.Expressions;

/// <summary>A regular expression that takes time in proportion to the text and to its size.</summary>
/// <param name="Size">Its characters, with those that are repeated counted as often as that.</param>
internal sealed partial record Pattern(Regex Expression, int Size)
{
    /// <summary>Null where the text is no regular expression, or one that only backtracking could match, or is too large.</summary>
    public static Pattern? Compile(string text)
    {
        var size = SizeOf(text);
        if (size > ExpressionLimits.MaxPatternSize)
        {
            return null;
        }

        try
        {
            const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            return new Pattern(new Regex(text, Options, ExpressionLimits.MatchTimeout), (int)size);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Null where it takes too long.</summary>
    public bool? IsMatch(string text)
    {
        try
        {
            return Expression.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>At least the size: what stands behind a group is taken to repeat the whole pattern.</summary>
    private static double SizeOf(string text)
    {
        double size = text.Length;
        double times = 1;
        foreach (Match repetition in Repetitions().Matches(text))
        {
            var count = Math.Max(Number(repetition.Groups["least"]), Number(repetition.Groups["most"]));
            if (repetition.Index > 0 && (text[repetition.Index - 1] == ')' || char.IsWhiteSpace(text[repetition.Index - 1])))
            {
                times *= Math.Max(1, count);
            }
            else
            {
                size += count;
            }
        }

        return size * times;
    }

    private static double Number(Group digits) => digits.Length == 0 ? 0 : double.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<least>[0-9]+)(,(?<most>[0-9]*))?\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Repetitions();
}
