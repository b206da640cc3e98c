using System.Diagnostics.CodeAnalysis;
using Republic.Core.Expressions.Parsing;

namespace Republic.Core.Expressions;

/// <summary>A subset of the Common Expression Language, in which conditions are written.</summary>
public static class Cel
{
    /// <summary>Parses an expression. A function that does not exist is an error of its evaluation, as CEL has it.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out IExpression? expression,
        [NotNullWhen(false)] out ExpressionProblem? problem
    )
    {
        expression = null;
        if (text.Length > ExpressionLimits.MaxLength)
        {
            problem = new ExpressionProblem(
                $"a condition has at most {ExpressionLimits.MaxLength:N0} characters",
                ExpressionLimits.MaxLength + 1
            );
            return false;
        }

        var lexer = new Lexer(text);
        var tokens = new TokenReader(lexer.Read());
        problem = lexer.Problem;
        if (problem is not null)
        {
            return false;
        }

        var parser = new Parser(tokens);
        var root = parser.Parse();
        problem = tokens.Problem;
        if (problem is not null)
        {
            return false;
        }

        expression = new CelExpression(text, root, parser);
        return true;
    }
}
