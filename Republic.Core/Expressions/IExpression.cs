namespace Republic.Core.Expressions;

/// <summary>A condition that was parsed. It can be evaluated any number of times, by any thread.</summary>
public interface IExpression
{
    string Text { get; }

    /// <summary>
    /// Variables and their fields that are read, such as <c>facts.leak</c>, each once, in order of appearance. An index that is a text in
    /// quotes counts as a field. What a macro binds is not among them.
    /// </summary>
    IReadOnlyList<ExpressionReference> References { get; }

    /// <summary>Functions and methods that are called and do not exist. Calling one is an error of the evaluation, as CEL has it.</summary>
    IReadOnlyList<ExpressionReference> UnknownFunctions { get; }

    /// <summary>The value that the expression has whatever the variables are. Null where it depends on them, or errs.</summary>
    object? Constant { get; }

    /// <summary>The texts with which a variable is compared, in order of appearance.</summary>
    IReadOnlyList<string> TextsComparedWith(string variable);

    /// <summary>Evaluates with variables that are null, texts, numbers, booleans, or lists and maps of these. Never throws.</summary>
    ExpressionResult Evaluate(IReadOnlyDictionary<string, object?> variables);
}
