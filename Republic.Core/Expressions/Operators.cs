namespace Republic.Core.Expressions;

/// <summary>Operators on values that are not errors. Whole numbers are checked for 64 bits; they compare with decimal ones, but do not add.</summary>
internal sealed class Operators(OperationBudget budget)
{
    private static readonly CelError TooLarge = new("the number is too large");

    public object? Apply(string symbol, object? left, object? right) =>
        symbol switch
        {
            "==" => (object)AreEqual(left, right),
            "!=" => !AreEqual(left, right),
            "in" => Contains(right, left),
            "<" or "<=" or ">" or ">=" => Order(symbol, left, right),
            _ => Calculate(symbol, left, right),
        };

    public static object Negate(object? value) =>
        value switch
        {
            long.MinValue => TooLarge,
            long number => (object)(-number),
            double number => -number,
            _ => new CelError($"- needs a number, not {Values.KindOf(value)}"),
        };

    public static object? ItemAt(object? container, object? key) =>
        (container, key) switch
        {
            (_, CelError) => key,
            (ExpressionMap map, _) => map.TryGetValue(key, out var value) ? value : new CelError($"a map has no key {Shown(key)}"),
            (IReadOnlyList<object?> list, long index) => ItemAt(list, index),
            (IReadOnlyList<object?> list, double index) when Numbers.Whole(index) is { } whole => ItemAt(list, whole),
            (IReadOnlyList<object?>, _) => new CelError($"an item of a list has a whole number, not {Values.KindOf(key)}"),
            _ => new CelError($"[ ] needs a list or a map, not {Values.KindOf(container)}"),
        };

    private static object? ItemAt(IReadOnlyList<object?> list, long index) =>
        index >= 0 && index < list.Count
            ? Values.From(list[(int)index])
            : new CelError($"a list of {list.Count} has no item {index}; the first is 0");

    private static string Shown(object? key) =>
        key switch
        {
            string text => $"“{text.AtMost(40)}”",
            long or double => FormattableString.Invariant($"{key}"),
            _ => Values.KindOf(key),
        };

    private bool AreEqual(object? left, object? right) =>
        budget.Spend(1)
        && (left, right) switch
        {
            (null, null) => true,
            (bool a, bool b) => a == b,
            (long a, long b) => a == b,
            (double a, double b) => a == b,
            (long a, double b) => Numbers.Compare(a, b) == 0,
            (double a, long b) => Numbers.Compare(a, b) == 0,
            (string a, string b) => budget.SpendOnText(Math.Min(a.Length, b.Length)) && string.Equals(a, b, StringComparison.Ordinal),
            (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count
                && a.Zip(b).All(pair => AreEqual(Values.From(pair.First), Values.From(pair.Second))),
            (ExpressionMap a, ExpressionMap b) => a.Count == b.Count
                && a.Keys.All(key => a.TryGetValue(key, out var one) && b.TryGetValue(key, out var other) && AreEqual(one, other)),
            _ => false,
        };

    private object Contains(object? container, object? item)
    {
        switch (container)
        {
            case ExpressionMap map:
                return map.ContainsKey(item);
            case IReadOnlyList<object?> list:
                // Once the operations are spent nothing is equal any more, and the rest of a long list is not gone through.
                return list.TakeWhile(_ => !budget.IsExceeded).Any(one => AreEqual(item, Values.From(one)));
            default:
                return new CelError($"in needs a list or a map, not {Values.KindOf(container)}");
        }
    }

    private object Order(string symbol, object? left, object? right)
    {
        int? order = (left, right) switch
        {
            (long a, long b) => a.CompareTo(b),
            (double a, double b) => Numbers.Compare(a, b),
            (long a, double b) => Numbers.Compare(a, b),
            (double a, long b) => Numbers.Compare(a, b),
            (string a, string b) => budget.SpendOnText(Math.Min(a.Length, b.Length)) ? Values.Compare(a, b) : 0,
            (bool a, bool b) => a.CompareTo(b),
            _ => null,
        };
        return (symbol, order) switch
        {
            (_, null) => new CelError($"{symbol} cannot compare {Values.KindOf(left)} and {Values.KindOf(right)}"),
            ("<", { } sign) => (object)(sign == -1),
            ("<=", { } sign) => sign is -1 or 0,
            (">", { } sign) => sign == 1,
            (_, { } sign) => sign is 0 or 1,
        };
    }

    private object? Calculate(string symbol, object? left, object? right) =>
        (left, right) switch
        {
            (long a, long b) => Calculate(symbol, a, b),
            (double a, double b) when symbol != "%" => Calculate(symbol, a, b),
            (string a, string b) when symbol == "+" => Join(a, b),
            (IReadOnlyList<object?> a, IReadOnlyList<object?> b) when symbol == "+" => Join(a, b),
            (long or double, long or double) when symbol == "%" => new CelError("% needs two whole numbers"),
            (long or double, long or double) => new CelError(
                $"{symbol} needs two whole or two decimal numbers: write 2.0 for 2, or double() around the whole one"
            ),
            _ => new CelError($"{symbol} does not go with {Values.KindOf(left)} and {Values.KindOf(right)}"),
        };

    private static object Calculate(string symbol, long left, long right)
    {
        if (right == 0 && symbol is "/" or "%")
        {
            return new CelError("nothing can be divided by 0");
        }

        Int128 result = symbol switch
        {
            "+" => (Int128)left + right,
            "-" => (Int128)left - right,
            "*" => (Int128)left * right,
            "/" => (Int128)left / right,
            _ => (Int128)left % right,
        };
        return result >= long.MinValue && result <= long.MaxValue ? (long)result : TooLarge;
    }

    private static object Calculate(string symbol, double left, double right) =>
        symbol switch
        {
            "+" => left + right,
            "-" => left - right,
            "*" => left * right,
            _ => left / right,
        };

    private object Join(string left, string right) =>
        (long)left.Length + right.Length > ExpressionLimits.MaxTextLength
            ? new CelError($"a text would have more than {ExpressionLimits.MaxTextLength:N0} characters")
        : budget.SpendOnText(left.Length + right.Length) ? left + right
        : OperationBudget.Exceeded;

    private object Join(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        if (!budget.Spend(left.Count + (long)right.Count))
        {
            return OperationBudget.Exceeded;
        }

        List<object?> joined = [.. left, .. right];
        return joined;
    }
}
