namespace Republic.Core.Expressions;

/// <summary>The limits of an expression and of one evaluation of it.</summary>
public static class ExpressionLimits
{
    /// <summary>Characters of an expression.</summary>
    public const int MaxLength = 1000;

    /// <summary>Parentheses, brackets, braces and calls inside each other.</summary>
    public const int MaxDepth = 32;

    /// <summary>
    /// Operations of an evaluation: one for each part of the expression that is evaluated and each item that is visited, more for long
    /// texts. Each item that is added to a list takes one, so that this is the most that a list has.
    /// </summary>
    public const int MaxOperations = 10_000;

    /// <summary>Characters of a text that an evaluation puts together.</summary>
    public const int MaxTextLength = 64 * 1024;

    /// <summary>Characters of a regular expression, with those that are repeated counted as often as that.</summary>
    public const int MaxPatternSize = 1000;

    /// <summary>The time one match may take.</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);
}
