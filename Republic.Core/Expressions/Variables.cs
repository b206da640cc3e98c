namespace Republic.Core.Expressions;

/// <summary>What an expression can read from outside. A name may have dots in it; of several that fit, the longest is meant.</summary>
internal sealed class Variables(IReadOnlyDictionary<string, object?> values, OperationBudget budget)
{
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>The value of a variable, or of a field of one.</summary>
    public object? Read(string path)
    {
        for (var length = path.Length; length > 0 && budget.Spend(1); length = path.LastIndexOf('.', length - 1))
        {
            if (values.TryGetValue(path[..length], out var value))
            {
                return Fields(Values.From(value), path, length);
            }
        }

        return new CelError($"{path.Split('.')[0]} is unknown");
    }

    public static object? Field(object? value, string name, string of) =>
        value is not ExpressionMap map ? new CelError($"{of} has no field {name}, it is {Values.KindOf(value)}")
        : map.TryGetValue(name, out var field) ? field
        : new CelError($"{of} has no field {name}");

    /// <summary>Follows the names of the path that begin at its dot.</summary>
    private static object? Fields(object? value, string path, int dot)
    {
        while (dot < path.Length && value is not CelError)
        {
            var next = path.IndexOf('.', dot + 1);
            var end = next < 0 ? path.Length : next;
            value = Field(value, path[(dot + 1)..end], path[..dot]);
            dot = end;
        }

        return value;
    }
}
