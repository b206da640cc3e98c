using Republic.Core.Expressions;

namespace Republic.Tests.Unit.Expressions;

internal static class CelText
{
    public static IExpression Parse(string text)
    {
        Assert.True(Cel.TryParse(text, out var expression, out var problem), problem?.ToString());
        return expression;
    }

    public static ExpressionProblem Problem(string text)
    {
        Assert.False(Cel.TryParse(text, out _, out var problem), text);
        return problem;
    }

    public static ExpressionResult Evaluate(string text, params (string Name, object? Value)[] variables) =>
        Parse(text).Evaluate(variables.ToDictionary(variable => variable.Name, variable => variable.Value));

    public static object? Value(string text, params (string Name, object? Value)[] variables)
    {
        var result = Evaluate(text, variables);
        Assert.True(result.Error is null, $"{text}: {result.Error}");
        return result.Value;
    }

    public static string Error(string text, params (string Name, object? Value)[] variables)
    {
        var result = Evaluate(text, variables);
        Assert.True(result.Error is not null, $"{text}: {result.Value}");
        return result.Error;
    }
}
