using System.Globalization;
using System.Numerics;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>Decimal numbers between two, as they are written in JSON: every text of it lies within, and none of them needs rounding.</summary>
internal static class NumberRange
{
    /// <summary>As many digits as a double keeps.</summary>
    private const int MostDigits = 15;
    private const int UsualFraction = 6;

    /// <summary>How long whole numbers without a limit get, and the whole part of others, which leaves digits for their fraction.</summary>
    private const int UsualWhole = MostDigits;
    private const int UsualPart = MostDigits - UsualFraction;
    private static readonly Expression Digit = JsonExpressions.Digit;

    /// <param name="least">Null: no limit but that of <see cref="UsualWhole"/>.</param>
    /// <returns><see cref="Expression.Nothing"/> where there is no whole number between them.</returns>
    public static Expression Integers(BigInteger? least, BigInteger? most)
    {
        var (from, to) = Limits(least, most, UsualWhole);
        return Expression.OneOf([
            .. from < 0 ? [Expression.Of(Expression.Literal("-"), Whole(BigInteger.Max(1, -to), -from))] : Array.Empty<Expression>(),
            .. to >= 0 ? [Whole(BigInteger.Max(0, from), to)] : Array.Empty<Expression>(),
        ]);
    }

    /// <param name="least">With how many digits it stands behind the point, and whether it is left out itself.</param>
    /// <param name="maxScale">Behind the point; null: as many as are of use.</param>
    public static Expression Decimals(NumberLimit? least, NumberLimit? most, int? maxScale = null)
    {
        var whole = Limits(least?.Value.Truncated, most?.Value.Truncated, UsualPart);
        var digits = BigInteger.Max(BigInteger.Abs(whole.Least), BigInteger.Abs(whole.Most)).ToString(CultureInfo.InvariantCulture).Length;
        var places = Math.Clamp(
            MostDigits - digits,
            0,
            maxScale ?? Math.Max(UsualFraction, Math.Max(least?.Value.Scale ?? 0, most?.Value.Scale ?? 0) + 1)
        );
        var unit = BigInteger.Pow(10, places);
        var from = least is null ? whole.Least * unit : least.Value.Ceiling(places) + (least.IsExclusiveAt(places) ? 1 : 0);
        var to = most is null ? whole.Most * unit : most.Value.Floor(places) - (most.IsExclusiveAt(places) ? 1 : 0);
        return Expression.OneOf([
            .. from < 0
                ? [Expression.Of(Expression.Literal("-"), Scaled(BigInteger.Max(1, -to), -from, places))]
                : Array.Empty<Expression>(),
            .. to >= 0 ? [Scaled(BigInteger.Max(0, from), to, places)] : Array.Empty<Expression>(),
        ]);
    }

    /// <summary>The limits, where one of them is missing as far away as numbers of a usual length are.</summary>
    private static (BigInteger Least, BigInteger Most) Limits(BigInteger? least, BigInteger? most, int digits)
    {
        var known = BigInteger.Max(BigInteger.Abs(least ?? 0), BigInteger.Abs(most ?? 0));
        var length = Math.Max(digits, known.ToString(CultureInfo.InvariantCulture).Length);
        var far = BigInteger.Pow(10, length) - 1;
        return (least ?? -far, most ?? far);
    }

    /// <summary>Whole numbers, neither of them negative.</summary>
    private static Expression Whole(BigInteger least, BigInteger most)
    {
        List<Expression> options = [];
        for (var from = least; from <= most; )
        {
            var digits = from.ToString(CultureInfo.InvariantCulture);
            var to = BigInteger.Min(most, BigInteger.Pow(10, digits.Length) - 1);
            options.Add(Between(digits, to.ToString(CultureInfo.InvariantCulture)));
            from = to + 1;
        }

        return Expression.OneOf(options);
    }

    /// <summary>Numbers between two that are given as multiples of the last of so many places behind the point.</summary>
    private static Expression Scaled(BigInteger least, BigInteger most, int places)
    {
        if (least > most)
        {
            return Expression.Nothing;
        }

        var unit = BigInteger.Pow(10, places);
        var (from, to) = (BigInteger.DivRem(least, unit, out var low), BigInteger.DivRem(most, unit, out var high));
        var (lowest, highest) = (Padded(low, places), Padded(high, places));
        return from == to
            ? Expression.Of(Literal(from), Fraction(lowest, highest))
            : Expression.OneOf(
                Expression.Of(Literal(from), Fraction(lowest, null)),
                Expression.Of(Whole(from + 1, to - 1), Fraction(Padded(0, places), null)),
                Expression.Of(Literal(to), Fraction(Padded(0, places), highest))
            );
    }

    /// <summary>Nothing, or a point and digits, as long as that is within the limits.</summary>
    /// <param name="most">Null: no limit.</param>
    private static Expression Fraction(string least, string? most)
    {
        if (least.Length == 0)
        {
            return Expression.Empty;
        }

        var digits = Expression.Of(Expression.Literal("."), Within(least, most));
        return IsZero(least) ? Expression.Optional(digits) : digits;
    }

    /// <summary>At least one digit, so that those that are missing may be zeros.</summary>
    private static Expression Within(string least, string? most)
    {
        var (low, high) = (least[0], most?[0] ?? '9');
        var (lowRest, highRest) = (least[1..], most?[1..]);
        if (low == high)
        {
            return Expression.Of(Digits(low, low), Rest(lowRest, highRest));
        }

        return Expression.OneOf(
            Expression.Of(Digits(low, low), Rest(lowRest, null)),
            low + 1 <= high - 1 ? Expression.Of(Digits((char)(low + 1), (char)(high - 1)), Any(least.Length - 1)) : Expression.Nothing,
            Expression.Of(Digits(high, high), Rest(new string('0', least.Length - 1), highRest))
        );
    }

    private static Expression Rest(string least, string? most) =>
        least.Length == 0 ? Expression.Empty
        : !IsZero(least) ? Within(least, most)
        : most is null ? Any(least.Length)
        : Expression.Optional(Within(least, most));

    private static Expression Between(string least, string most)
    {
        if (IsZero(least) && most.All(digit => digit == '9'))
        {
            return new Expression.Repeat(Digit, least.Length, least.Length);
        }

        var (low, high) = (least[0], most[0]);
        if (low == high)
        {
            return Expression.Of(Digits(low, low), Between(least[1..], most[1..]));
        }

        var rest = least.Length - 1;
        return Expression.OneOf(
            Expression.Of(Digits(low, low), Between(least[1..], new string('9', rest))),
            low + 1 <= high - 1
                ? Expression.Of(Digits((char)(low + 1), (char)(high - 1)), new Expression.Repeat(Digit, rest, rest))
                : Expression.Nothing,
            Expression.Of(Digits(high, high), Between(new string('0', rest), most[1..]))
        );
    }

    private static Expression Any(int most) => new Expression.Repeat(Digit, 0, most);

    private static Expression Digits(char first, char last) => JsonExpressions.Digits(first, last);

    private static Expression Literal(BigInteger number) => Expression.Literal(number.ToString(CultureInfo.InvariantCulture));

    private static string Padded(BigInteger fraction, int places) =>
        places == 0 ? "" : fraction.ToString(CultureInfo.InvariantCulture).PadLeft(places, '0');

    private static bool IsZero(string digits) => digits.All(digit => digit == '0');
}
