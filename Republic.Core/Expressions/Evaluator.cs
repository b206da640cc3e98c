using System.Diagnostics;

namespace Republic.Core.Expressions;

/// <summary>One evaluation of an expression. Errors are values (<see cref="CelError"/>) until they are its result.</summary>
internal sealed class Evaluator
{
    private readonly string source;
    private readonly OperationBudget budget = new();
    private readonly Variables variables;
    private readonly Operators operators;
    private readonly Functions functions;

    /// <summary>The items that macros are at. None stands inside more of them than there are levels.</summary>
    private readonly object?[] locals = new object?[ExpressionLimits.MaxDepth + 1];

    public Evaluator(string source, IReadOnlyDictionary<string, object?> values)
    {
        this.source = source;
        variables = new Variables(values, budget);
        operators = new Operators(budget);
        functions = new Functions(budget);
    }

    public ExpressionResult Run(Node root)
    {
        var value = Evaluate(root);
        var error = budget.IsExceeded ? OperationBudget.Exceeded : value as CelError;
        return error is null ? new ExpressionResult(value, null) : new ExpressionResult(null, error.Message);
    }

    private object? Evaluate(Node node) =>
        !budget.Spend(1)
            ? OperationBudget.Exceeded
            : node switch
            {
                Node.Literal literal => literal.Value,
                Node.Local local => locals[local.Slot],
                Node.Variable variable => variables.Read(variable.Path),
                Node.ListLiteral list => List(list.Items),
                Node.MapLiteral map => Map(map.Entries),
                Node.Conditional conditional => Conditional(conditional),
                Node.Logic logic => Decide(logic.Symbol, logic.Symbol == "||", logic.Operands.Select(Evaluate)),
                Node.Operations operations => Operations(operations),
                Node.Unary unary => Unary(unary),
                Node.Call call => Call(call.Function, [], call.Arguments, isMethod: false),
                Node.Has has => Has(has),
                Node.Members members => Members(members),
                _ => throw new UnreachableException(),
            };

    private object? Has(Node.Has has)
    {
        if (has.Path is not null && variables.Has(has.Path))
        {
            return true;
        }

        var container = Evaluate(has.Container);
        return container switch
        {
            CelError => container,
            ExpressionMap map => map.ContainsKey(has.Field),
            _ => new CelError($"has({has.Field}) needs a map, not {Values.KindOf(container)}"),
        };
    }

    private object? List(IReadOnlyList<Node> nodes)
    {
        var items = new List<object?>();
        return EvaluateAll(nodes, items) ?? (object)items;
    }

    private object? Map(IReadOnlyList<(Node Key, Node Value)> nodes)
    {
        var entries = new Dictionary<object, object?>();
        foreach (var (keyNode, valueNode) in nodes)
        {
            var key = Evaluate(keyNode);
            var value = key is CelError ? null : Evaluate(valueNode);
            if ((key as CelError ?? value as CelError) is { } error)
            {
                return error;
            }

            if (key is not (string or long or bool))
            {
                return new CelError($"a key of a map is a text, a whole number, true or false, not {Values.KindOf(key)}");
            }

            if (!entries.TryAdd(key, value))
            {
                return new CelError("a map has a key twice");
            }
        }

        return new ExpressionMap(entries);
    }

    private object? Conditional(Node.Conditional conditional)
    {
        foreach (var (condition, value) in conditional.Branches)
        {
            var holds = Evaluate(condition);
            if (holds is not bool isChosen)
            {
                return NotBoolean("?", holds);
            }

            if (isChosen)
            {
                return Evaluate(value);
            }
        }

        return Evaluate(conditional.Else);
    }

    /// <summary>
    /// Goes through values until one decides: a true for || and exists, a false for &amp;&amp; and all. An error counts where none does.
    /// </summary>
    private object? Decide(string name, bool deciding, IEnumerable<object?> values)
    {
        CelError? error = null;
        foreach (var value in values)
        {
            if (budget.IsExceeded)
            {
                return OperationBudget.Exceeded;
            }

            if (value is bool truth)
            {
                if (truth == deciding)
                {
                    return deciding;
                }
            }
            else
            {
                error ??= NotBoolean(name, value);
            }
        }

        return error ?? (object)!deciding;
    }

    private object? Operations(Node.Operations operations)
    {
        var left = Evaluate(operations.First);
        foreach (var (symbol, operand) in operations.Rest)
        {
            if (left is CelError)
            {
                return left;
            }

            var right = Evaluate(operand);
            left = right is CelError ? right : operators.Apply(symbol, left, right);
        }

        return left;
    }

    private object? Unary(Node.Unary unary)
    {
        var value = budget.Spend(unary.Count) ? Evaluate(unary.Operand) : OperationBudget.Exceeded;
        for (var i = 0; i < unary.Count && value is not CelError; i++)
        {
            value = unary.Symbol == "!" ? Not(value) : Operators.Negate(value);
        }

        return value;
    }

    private static object Not(object? value) => value is bool truth ? !truth : NotBoolean("!", value);

    private object? Members(Node.Members members)
    {
        var value = Evaluate(members.First);
        foreach (var step in members.Steps)
        {
            if (value is CelError)
            {
                return value;
            }

            value = !budget.Spend(1)
                ? OperationBudget.Exceeded
                : step switch
                {
                    Step.Field field => Variables.Field(value, field.Name, source[field.Of].Trim()),
                    Step.Index index => Operators.ItemAt(value, Evaluate(index.Key)),
                    Step.Method method => Call(method.Name, [value], method.Arguments, isMethod: true),
                    Step.Macro macro => Macro(value, macro),
                    _ => throw new UnreachableException(),
                };
        }

        return value;
    }

    private object? Call(string name, List<object?> values, IReadOnlyList<Node> arguments, bool isMethod)
    {
        if (Functions.ArgumentsOf(name, isMethod) is null)
        {
            return new CelError($"there is no function {name}");
        }

        return EvaluateAll(arguments, values) ?? functions.Call(name, values);
    }

    private object? Macro(object? value, Step.Macro macro)
    {
        var items = value switch
        {
            IReadOnlyList<object?> list => list.Select(Values.From),
            ExpressionMap map => map.Keys,
            _ => null,
        };
        return items is null ? new CelError($"{macro.Name} needs a list or a map, not {Values.KindOf(value)}")
            : macro.Name is "all" or "exists"
                ? Decide(macro.Name, macro.Name == "exists", items.Select(item => EvaluateWith(macro, item, macro.Bodies[0])))
            : Collect(macro, items);
    }

    /// <summary>exists_one, filter and map: the items for which the condition holds, or what is made of them.</summary>
    private object? Collect(Step.Macro macro, IEnumerable<object?> items)
    {
        var isMap = macro.Name == "map";
        var condition = isMap && macro.Bodies.Count == 1 ? null : macro.Bodies[0];
        var results = new List<object?>();
        foreach (var item in items)
        {
            var holds = condition is null ? true : EvaluateWith(macro, item, condition);
            if (holds is not bool isChosen)
            {
                return NotBoolean(macro.Name, holds);
            }

            var result =
                !isChosen ? null
                : isMap ? EvaluateWith(macro, item, macro.Bodies[^1])
                : item;
            if (result is CelError)
            {
                return result;
            }

            if (isChosen)
            {
                results.Add(result);
            }
        }

        return macro.Name == "exists_one" ? results.Count == 1 : results;
    }

    private object? EvaluateWith(Step.Macro macro, object? item, Node body)
    {
        locals[macro.Slot] = item;
        return Evaluate(body);
    }

    /// <summary>Adds the values of the nodes; null, or the first error.</summary>
    private CelError? EvaluateAll(IReadOnlyList<Node> nodes, List<object?> values)
    {
        foreach (var node in nodes)
        {
            var value = Evaluate(node);
            if (value is CelError error)
            {
                return error;
            }

            values.Add(value);
        }

        return null;
    }

    private static CelError NotBoolean(string name, object? value) =>
        value as CelError ?? new CelError($"{name} needs true or false, not {Values.KindOf(value)}");
}
