using System.Globalization;
using System.Numerics;
using Republic.Core.Answering.Tools;

namespace Republic.Core.Tools.BuiltIn.Arithmetic;

/// <summary>An exact fraction; or, where it comes of a root, a logarithm or the like, an approximation in 64 bits.</summary>
internal sealed class Number
{
    /// <summary>The most bits that numerator and denominator have: about 6,000 digits.</summary>
    public const int MaxBits = 20_000;

    /// <summary>The longest decimal that is written out after the point.</summary>
    private const int MaxPlaces = 60;

    /// <summary>The digits of one that has no end.</summary>
    private const int Digits = 30;

    private const string TooLarge = "A number of this calculation is too large to be written down. Calculate with smaller ones.";
    private readonly double? approximation;

    private Number(BigInteger numerator, BigInteger denominator) => (Numerator, Denominator) = (numerator, denominator);

    private Number(double value) => approximation = value;

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public bool IsExact => approximation is null;

    public bool IsWhole => IsExact && Denominator.IsOne;

    public bool IsNegative => IsExact ? Numerator.Sign < 0 : approximation < 0;

    /// <summary>The nearest number of 64 bits.</summary>
    public double Value => approximation ?? Quotient(Numerator, Denominator);

    public static Number Of(BigInteger whole) => Of(whole, BigInteger.One);

    public static Number Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new ToolException("This divides by zero, so it has no result.");
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (numerator, denominator) = (numerator / divisor, denominator / divisor);
        return numerator.GetBitLength() <= MaxBits && denominator.GetBitLength() <= MaxBits
            ? new Number(numerator, denominator)
            : throw new ToolException(TooLarge);
    }

    public static Number About(double value) =>
        double.IsNaN(value) ? throw new ToolException("This has no result among the real numbers.")
        : double.IsInfinity(value) ? throw new ToolException(TooLarge)
        : new Number(value);

    public static Number operator +(Number a, Number b) =>
        a.IsExact && b.IsExact
            ? Of((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator)
            : About(a.Value + b.Value);

    public static Number operator -(Number a) => a.IsExact ? new Number(-a.Numerator, a.Denominator) : About(-a.Value);

    public static Number operator -(Number a, Number b) => a + -b;

    public static Number operator *(Number a, Number b) =>
        a.IsExact && b.IsExact ? Of(a.Numerator * b.Numerator, a.Denominator * b.Denominator) : About(a.Value * b.Value);

    public static Number operator /(Number a, Number b) =>
        a.IsExact && b.IsExact ? Of(a.Numerator * b.Denominator, a.Denominator * b.Numerator)
        : b.Value == 0 ? Of(BigInteger.One, BigInteger.Zero)
        : About(a.Value / b.Value);

    /// <summary>The remainder of a division, with the sign of the divisor.</summary>
    public static Number operator %(Number a, Number b) => a - (b * (a / b).Floor());

    public Number Power(Number exponent)
    {
        if (!IsExact || !exponent.IsWhole)
        {
            return About(Math.Pow(Value, exponent.Value));
        }

        // Powers of 0, 1 and -1 have no size, however large the exponent.
        var isUnit = Denominator.IsOne && (Numerator.IsZero || BigInteger.Abs(Numerator).IsOne);
        var times = isUnit
            ? exponent.Numerator.IsZero
                ? 0
                : exponent.Numerator.IsEven
                    ? 2
                    : 1
            : BigInteger.Abs(exponent.Numerator);
        var bits = Math.Max(Numerator.GetBitLength(), Denominator.GetBitLength()) - 1;
        if (!isUnit && times * Math.Max(bits, 1) > MaxBits)
        {
            throw new ToolException(TooLarge);
        }

        var (above, below) = (BigInteger.Pow(Numerator, (int)times), BigInteger.Pow(Denominator, (int)times));
        return exponent.IsNegative ? Of(below, above) : Of(above, below);
    }

    /// <summary>Exact where it is a fraction.</summary>
    public Number SquareRoot() =>
        IsExact && !IsNegative && Root(Numerator) is { } above && Root(Denominator) is { } below
            ? Of(above, below)
            : About(Math.Sqrt(Value));

    public Number Abs() => IsNegative ? -this : this;

    public Number Floor() => IsExact ? Of(FloorOf(Numerator, Denominator)) : About(Math.Floor(Value));

    /// <summary>The number rounded to so many digits after the point, halves away from zero.</summary>
    public Number Round(int places)
    {
        var scale = Of(10).Power(Of(places));
        var scaled = Abs() * scale;
        var rounded = (scaled + Of(1, 2)).Floor() / scale;
        return IsNegative ? -rounded : rounded;
    }

    public static int Compare(Number a, Number b) =>
        a.IsExact && b.IsExact ? (a.Numerator * b.Denominator).CompareTo(b.Numerator * a.Denominator) : a.Value.CompareTo(b.Value);

    /// <summary>A decimal; “≈” stands before one that is not the exact value.</summary>
    public override string ToString()
    {
        if (approximation is { } value)
        {
            return $"≈ {value.ToString("R", CultureInfo.InvariantCulture)}";
        }

        if (PlacesOf(Denominator) is { } places)
        {
            return Decimal(Numerator * BigInteger.Pow(10, places) / Denominator, places);
        }

        var magnitude = (int)Math.Floor(BigInteger.Log10(BigInteger.Abs(Numerator)) - BigInteger.Log10(Denominator));
        var shown = Math.Max(Digits - 1 - magnitude, 0);
        var doubled = (BigInteger.Abs(Numerator) * BigInteger.Pow(10, shown) * 2) + Denominator;
        var scaled = doubled / (Denominator * 2) * Numerator.Sign;
        var length = BigInteger.Abs(scaled).ToString(CultureInfo.InvariantCulture).Length;
        var near = shown > MaxPlaces ? $"{Decimal(scaled, length - 1)}e{length - 1 - shown}" : Decimal(scaled, shown);
        var fraction = $"{Numerator}/{Denominator}";
        return fraction.Length <= Digits ? $"{fraction} ≈ {near}" : $"≈ {near}";
    }

    /// <summary>The digits after the point; null where they have no end, or are many.</summary>
    private static int? PlacesOf(BigInteger denominator)
    {
        var (twos, fives) = (0, 0);
        for (; denominator.IsEven && twos <= MaxPlaces; twos++)
        {
            denominator >>= 1;
        }

        for (; !denominator.IsOne && fives <= MaxPlaces && (denominator % 5).IsZero; fives++)
        {
            denominator /= 5;
        }

        return denominator.IsOne && Math.Max(twos, fives) is <= MaxPlaces and var places ? places : null;
    }

    private static string Decimal(BigInteger scaled, int places)
    {
        var digits = BigInteger.Abs(scaled).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var text = places == 0 ? digits : digits.Insert(digits.Length - places, ".").TrimEnd('0').TrimEnd('.');
        return scaled.Sign < 0 ? $"-{text}" : text;
    }

    private static BigInteger FloorOf(BigInteger above, BigInteger below)
    {
        var quotient = BigInteger.DivRem(above, below, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    private static BigInteger? Root(BigInteger square)
    {
        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        while (!square.IsZero && (root + (square / root)) >> 1 is var next && next < root)
        {
            root = next;
        }

        return square.IsZero ? BigInteger.Zero
            : root * root == square ? root
            : null;
    }

    /// <summary>The quotient of two whole numbers, which may be beyond 64 bits though it is not.</summary>
    private static double Quotient(BigInteger above, BigInteger below)
    {
        var shift = (int)(64 - above.GetBitLength() + below.GetBitLength());
        var scaled = shift >= 0 ? (above << shift) / below : above / (below << -shift);
        return Math.ScaleB((double)scaled, -shift);
    }
}
