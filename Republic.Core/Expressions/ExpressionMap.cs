namespace Republic.Core.Expressions;

/// <summary>A map of an expression. Its keys are texts, whole numbers and booleans; 1.0 finds what 1 does.</summary>
public sealed class ExpressionMap
{
    /// <summary>Variables are read where they are, so one of the two kinds of dictionary is there.</summary>
    private readonly IReadOnlyDictionary<string, object?>? named;
    private readonly Dictionary<object, object?> mixed = [];

    public ExpressionMap(IReadOnlyDictionary<string, object?> entries) => named = entries;

    internal ExpressionMap(Dictionary<object, object?> entries) => mixed = entries;

    public int Count => named?.Count ?? mixed.Count;

    public IEnumerable<object> Keys => named?.Keys ?? (IEnumerable<object>)mixed.Keys;

    public bool TryGetValue(object? key, out object? value)
    {
        value = null;
        if (key is double number)
        {
            key = Numbers.Whole(number);
        }

        var isFound = named is null
            ? key is not null && mixed.TryGetValue(key, out value)
            : key is string name && named.TryGetValue(name, out value);
        value = Values.From(value);
        return isFound;
    }

    public bool ContainsKey(object? key) => TryGetValue(key, out _);
}
