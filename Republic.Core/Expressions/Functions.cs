namespace Republic.Core.Expressions;

/// <summary>Functions, and methods, whose first value is what they are called on.</summary>
internal sealed class Functions(OperationBudget budget)
{
    /// <summary>Characters, times the size of a pattern, that one operation matches.</summary>
    private const int MatchedAtOnce = 256;

    /// <summary>A macro compiles its pattern once.</summary>
    private readonly Dictionary<string, Pattern?> patterns = [];

    /// <summary>The number of values that a function takes in its parentheses; null where there is no such function.</summary>
    public static int? ArgumentsOf(string name, bool isMethod) =>
        (name, isMethod) switch
        {
            ("size", true) => 0,
            ("contains" or "startsWith" or "endsWith" or "matches", true) => 1,
            ("size" or "int" or "double" or "string" or "bool", false) => 1,
            ("matches", false) => 2,
            _ => null,
        };

    public object Call(string name, List<object?> values) =>
        !budget.SpendOnText(values.OfType<string>().Sum(text => (long)text.Length))
            ? OperationBudget.Exceeded
            : (name, values) switch
            {
                ("size", [string text]) => (object)text.EnumerateRunes().LongCount(),
                ("size", [IReadOnlyList<object?> list]) => (long)list.Count,
                ("size", [ExpressionMap map]) => (long)map.Count,
                ("contains", [string text, string part]) => text.Contains(part, StringComparison.Ordinal),
                ("startsWith", [string text, string part]) => text.StartsWith(part, StringComparison.Ordinal),
                ("endsWith", [string text, string part]) => text.EndsWith(part, StringComparison.Ordinal),
                ("matches", [string text, string pattern]) => Matches(text, pattern),
                ("int", [var value]) => Casts.ToWhole(value),
                ("double", [var value]) => Casts.ToDecimal(value),
                ("string", [var value]) => Casts.ToText(value),
                ("bool", [var value]) => Casts.ToBoolean(value),
                _ => new CelError($"{name} cannot read {string.Join(" and ", values.Select(Values.KindOf))}"),
            };

    private object Matches(string text, string pattern)
    {
        if (!patterns.TryGetValue(pattern, out var compiled))
        {
            compiled = Pattern.Compile(pattern);
            patterns.Add(pattern, compiled);
            budget.Spend(pattern.Length + (compiled?.Size ?? 0));
        }

        if (compiled is null)
        {
            return new CelError("matches needs a regular expression without looking around or back, and of moderate size");
        }

        return budget.Spend((long)text.Length * compiled.Size / MatchedAtOnce)
            ? compiled.IsMatch(text) ?? (object)new CelError("matches takes too long")
            : OperationBudget.Exceeded;
    }
}
