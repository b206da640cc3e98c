using System.Globalization;
using System.Numerics;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>A decimal number with all its digits.</summary>
/// <param name="Digits">The number without its point.</param>
/// <param name="Places">How many of them stand behind the point; 0 or more.</param>
internal readonly record struct ExactNumber(BigInteger Digits, int Places)
{
    /// <summary>Of digits, on either side of the point.</summary>
    private const int Most = 40;

    /// <summary>The next whole number towards zero.</summary>
    public BigInteger Whole => Digits / BigInteger.Pow(10, Places);

    public bool IsWhole => Ceiling(0) == Floor(0);

    /// <param name="text">As JSON writes numbers.</param>
    /// <returns>Null: it is larger, or has more places, than any program counts with.</returns>
    public static ExactNumber? Parse(string text)
    {
        var split = text.IndexOfAny(['e', 'E']);
        var mantissa = split < 0 ? text : text[..split];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var exponent = 0;
        if (split >= 0 && !int.TryParse(text[(split + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        var places = (point < 0 ? 0 : mantissa.Length - point - 1) - exponent;
        return exponent is < -Most or > Most || places is < -Most or > Most || mantissa.Length > Most ? null
            : places < 0 ? new ExactNumber(digits * BigInteger.Pow(10, -places), 0)
            : new ExactNumber(digits, places);
    }

    /// <summary>In multiples of the last of so many places, not less than the number.</summary>
    public BigInteger Ceiling(int places) => -new ExactNumber(-Digits, Places).Floor(places);

    /// <summary>In multiples of the last of so many places, not more than the number.</summary>
    public BigInteger Floor(int places)
    {
        if (places >= Places)
        {
            return Digits * BigInteger.Pow(10, places - Places);
        }

        var quotient = BigInteger.DivRem(Digits, BigInteger.Pow(10, Places - places), out var rest);
        return rest < 0 ? quotient - 1 : quotient;
    }

    public override string ToString()
    {
        var digits = BigInteger.Abs(Digits).ToString(CultureInfo.InvariantCulture).PadLeft(Places + 1, '0');
        var sign = Digits < 0 ? "-" : "";
        return Places == 0 ? $"{sign}{digits}" : $"{sign}{digits[..^Places]}.{digits[^Places..]}";
    }
}
