using System.Text;
using Republic.Core.Llama.Grammars;
using Republic.Core.Llama.Grammars.Json;
using Republic.Core.Llama.Templates;

namespace Republic.Core.Inference.Answers;

/// <summary>Answers that call tools, as texts.</summary>
internal static class ToolGrammar
{
    private const int MostAtOnce = 16;

    /// <summary>As long as the longest that a model is known to write.</summary>
    private static readonly Expression Id = JsonExpressions.TextOf(
        new Expression.Repeat(new Expression.Characters(CharacterSet.Of(('0', '9'), ('A', 'Z'), ('a', 'z'))), 1, 32)
    );

    /// <param name="words">What the answer may be where nothing is called; null: any text.</param>
    /// <exception cref="GrammarException">The parameters of a strict tool are no schema that can be promised.</exception>
    public static Expression Of(ToolChoice choice, ToolCallSyntax syntax, Expression? words)
    {
        var call = Expression.OneOf([.. choice.Tools.Select(tool => Call(tool, syntax))]);
        var calls = Expression.Of(
            call,
            new Expression.Repeat(
                Expression.Of(Expression.Literal(syntax.Separator ?? ""), call),
                0,
                choice.MayCallSeveral && syntax.Separator is not null ? MostAtOnce - 1 : 0
            ),
            Expression.Literal(syntax.End)
        );
        var (mark, rest) = Begin(syntax);
        var inside = Expression.Of(Expression.Literal(rest), calls);
        return choice.IsRequired ? Expression.Of(Expression.Literal(mark), inside)
            : words is not null ? Expression.OneOf(words, Expression.Of(Expression.Literal(mark), inside))
            : mark.Length == 0 ? Expression.OneOf(TextNotBeginningWithBrace(), inside)
            : TextUntil(Encoding.UTF8.GetBytes(mark), inside);
    }

    /// <summary>What tells that a call begins, and the blanks behind it.</summary>
    public static (string Mark, string Blanks) Begin(ToolCallSyntax syntax)
    {
        var mark = syntax.Begin.TrimEnd();
        return (mark, syntax.Begin[mark.Length..]);
    }

    /// <summary>What stands before the arguments of a call.</summary>
    public static string Head(Tool tool, ToolCallSyntax syntax) => $"{{\"{syntax.NameKey}\": \"{tool.Name}\", \"{syntax.ArgumentsKey}\": ";

    private static Expression Call(Tool tool, ToolCallSyntax syntax) =>
        Expression.Of(
            Expression.Literal(Head(tool, syntax)),
            Arguments(tool),
            syntax.IdKey is null ? Expression.Empty : Expression.Of(Expression.Literal($", \"{syntax.IdKey}\": "), Id),
            Expression.Literal("}")
        );

    private static Expression Arguments(Tool tool)
    {
        if (tool.Parameters is not { } parameters)
        {
            return JsonExpressions.Object;
        }

        try
        {
            return SchemaGrammar.Of(parameters, isObject: true);
        }
        catch (GrammarException) when (!tool.IsStrict)
        {
            // Nothing was promised: the model has read the schema, and follows it as well as it can.
            return JsonExpressions.Object;
        }
    }

    /// <summary>Any text, and once it says the mark what follows that.</summary>
    private static Expression TextUntil(byte[] mark, Expression after)
    {
        // After so many bytes of the mark (Knuth, Morris and Pratt).
        Rule[] said = [.. mark.Select((_, count) => new Rule($"said {count}"))];
        for (var count = 0; count < mark.Length; count++)
        {
            var next = Enumerable.Range(0, 256).GroupBy(value => Said(mark, count, (byte)value)).ToList();
            said[count].Body = Expression.OneOf([
                Expression.Empty,
                .. next.SelectMany(group =>
                    Ranges([.. group])
                        .Select(range => Expression.Of(range, group.Key == mark.Length ? after : new Expression.Reference(said[group.Key])))
                ),
            ]);
        }

        return new Expression.Reference(said[0]);
    }

    /// <summary>How much of the mark the text ends with after one more byte.</summary>
    private static int Said(byte[] mark, int count, byte value)
    {
        byte[] text = [.. mark.Take(count), value];
        var longest = text.Length;
        while (!text.AsSpan(text.Length - longest).SequenceEqual(mark.AsSpan(0, longest)))
        {
            longest--;
        }

        return longest;
    }

    private static Expression TextNotBeginningWithBrace()
    {
        var any = new Expression.Repeat(new Expression.ByteRange(0, 255), 0, null);
        return Expression.Optional(
            Expression.Of(Expression.OneOf(new Expression.ByteRange(0, (byte)'{' - 1), new Expression.ByteRange((byte)'{' + 1, 255)), any)
        );
    }

    private static IEnumerable<Expression> Ranges(List<int> values)
    {
        for (var i = 0; i < values.Count; )
        {
            var first = i;
            for (i++; i < values.Count && values[i] == values[i - 1] + 1; i++) { }

            yield return new Expression.ByteRange((byte)values[first], (byte)values[i - 1]);
        }
    }
}
