namespace Republic.Core.Expressions;

/// <summary>Comparisons of 64-bit whole numbers with decimal ones, without rounding either.</summary>
internal static class Numbers
{
    /// <summary>The order of NaN and any number: before, after and equal are all false.</summary>
    public const int Unordered = 2;

    /// <summary>2^63, the first that is too large for a whole number.</summary>
    private const double Beyond = 9223372036854775808.0;

    /// <summary>The whole number that the decimal one equals. Null where none does.</summary>
    public static long? Whole(double number) => number >= -Beyond && number < Beyond && Math.Floor(number) == number ? (long)number : null;

    /// <summary>-1, 0 or 1, or <see cref="Unordered"/>.</summary>
    public static int Compare(double left, double right) =>
        left < right ? -1
        : left > right ? 1
        : left == right ? 0
        : Unordered;

    /// <summary>-1, 0 or 1, or <see cref="Unordered"/>.</summary>
    public static int Compare(long left, double right)
    {
        if (double.IsNaN(right))
        {
            return Unordered;
        }

        if (right is < -Beyond or >= Beyond)
        {
            return right > 0 ? -1 : 1;
        }

        var order = left.CompareTo((long)right);
        return order != 0 ? order : Math.Sign(Math.Truncate(right) - right);
    }

    /// <summary>-1, 0 or 1, or <see cref="Unordered"/>.</summary>
    public static int Compare(double left, long right)
    {
        var order = Compare(right, left);
        return order == Unordered ? Unordered : -order;
    }
}
