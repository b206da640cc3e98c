using System.Globalization;

namespace Republic.Core.Expressions;

/// <summary>int(), double(), string() and bool().</summary>
internal static class Casts
{
    private const NumberStyles DecimalStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static object ToWhole(object? value) =>
        value switch
        {
            long => value,
            double number => Truncated(number),
            string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            string => new CelError("int needs a text that is a whole number"),
            _ => new CelError($"int cannot read {Values.KindOf(value)}"),
        };

    public static object ToDecimal(object? value) =>
        value switch
        {
            double => value,
            long number => (double)number,
            string text when double.TryParse(text, DecimalStyle, CultureInfo.InvariantCulture, out var number) => number,
            string => new CelError("double needs a text that is a number"),
            _ => new CelError($"double cannot read {Values.KindOf(value)}"),
        };

    public static object ToText(object? value) =>
        value switch
        {
            string => value,
            bool truth => truth ? "true" : "false",
            long number => number.ToString(CultureInfo.InvariantCulture),
            double number => number.ToString(CultureInfo.InvariantCulture).Replace('E', 'e'),
            _ => new CelError($"string cannot read {Values.KindOf(value)}"),
        };

    public static object ToBoolean(object? value) =>
        value switch
        {
            bool => value,
            "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
            "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
            string => new CelError("bool needs a text that is true or false"),
            _ => new CelError($"bool cannot read {Values.KindOf(value)}"),
        };

    /// <summary>The number without its fraction. -2^63 is refused, as CEL has it: what was rounded to it may have been less.</summary>
    private static object Truncated(double number) =>
        Numbers.Whole(Math.Truncate(number)) is { } whole and > long.MinValue ? whole : new CelError("the number is too large for int");
}
