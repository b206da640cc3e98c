namespace Republic.Core.Expressions;

/// <summary>Values of expressions: null, bool, long, double, string, lists, and <see cref="ExpressionMap"/>.</summary>
internal static class Values
{
    /// <summary>The value that a variable, or an item of one, stands for. What lists and maps hold is converted when it is read.</summary>
    public static object? From(object? value) =>
        value switch
        {
            null or bool or long or double or string or ExpressionMap or CelError => value,
            int number => (long)number,
            decimal number => (double)number,
            float number => (double)number,
            IReadOnlyDictionary<string, object?> entries => new ExpressionMap(entries),
            IReadOnlyList<object?> => value,
            _ => new CelError("a value is of a kind that conditions cannot read"),
        };

    /// <summary>What the value is, as errors name it.</summary>
    public static string KindOf(object? value) =>
        value switch
        {
            null => "null",
            bool => "true or false",
            long => "a whole number",
            double => "a decimal number",
            string => "a text",
            ExpressionMap => "a map",
            _ => "a list",
        };

    /// <summary>The order of two texts by their code points: -1, 0 or 1.</summary>
    public static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right.AsSpan());
        return same == left.Length || same == right.Length
            ? left.Length.CompareTo(right.Length)
            : Math.Sign(Rank(left[same]) - Rank(right[same]));
    }

    /// <summary>Surrogates stand for what comes after U+FFFF, but their own numbers are below U+E000.</summary>
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + char.MaxValue : unit;
}
