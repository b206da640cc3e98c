using System.Globalization;
using System.Numerics;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>A decimal number with all its digits.</summary>
/// <param name="Unscaled">All digits, without the point.</param>
/// <param name="Scale">How many of its digits stand behind the point; 0 or more.</param>
internal readonly record struct BigDecimal(BigInteger Unscaled, int Scale)
{
    /// <summary>Of digits, on either side of the point.</summary>
    private const int MaxDigits = 40;

    /// <summary>The next whole number towards zero.</summary>
    public BigInteger Truncated => Unscaled / BigInteger.Pow(10, Scale);

    public bool IsWhole => Ceiling(0) == Floor(0);

    /// <param name="text">As JSON writes numbers.</param>
    /// <returns>Null: it is larger, or more precise, than any program counts with.</returns>
    public static BigDecimal? Parse(string text)
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

        var scale = (point < 0 ? 0 : mantissa.Length - point - 1) - exponent;
        return exponent is < -MaxDigits or > MaxDigits || scale is < -MaxDigits or > MaxDigits || mantissa.Length > MaxDigits ? null
            : scale < 0 ? new BigDecimal(digits * BigInteger.Pow(10, -scale), 0)
            : new BigDecimal(digits, scale);
    }

    /// <summary>In multiples of the last of so many decimals, not less than the number.</summary>
    public BigInteger Ceiling(int scale) => -new BigDecimal(-Unscaled, Scale).Floor(scale);

    /// <summary>In multiples of the last of so many decimals, not more than the number.</summary>
    public BigInteger Floor(int scale)
    {
        if (scale >= Scale)
        {
            return Unscaled * BigInteger.Pow(10, scale - Scale);
        }

        var quotient = BigInteger.DivRem(Unscaled, BigInteger.Pow(10, Scale - scale), out var rest);
        return rest < 0 ? quotient - 1 : quotient;
    }

    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var sign = Unscaled < 0 ? "-" : "";
        return Scale == 0 ? $"{sign}{digits}" : $"{sign}{digits[..^Scale]}.{digits[^Scale..]}";
    }
}
