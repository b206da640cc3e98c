using System.Globalization;
using System.Text;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>JSON as expressions, for values of any shape.</summary>
internal static class JsonExpressions
{
    /// <summary>Longer numbers lose digits in most programs.</summary>
    private const int MostDigits = 15;
    private const int MostIndent = 20;

    /// <summary>What has to be escaped within a text.</summary>
    private static readonly CharacterSet Escaped = CharacterSet.Of((0, 0x1F), ('"', '"'), ('\\', '\\'));

    // Not the other controls: nobody wants them in a text that nothing else is said of.
    private static readonly CharacterSet Usual = CharacterSet.All.Except(Escaped).Union(CharacterSet.Of("\"\\\n\t\r"));

    /// <summary>A blank, or a new line with its indent, or neither.</summary>
    public static Expression Space { get; } =
        Expression.OneOf(
            Expression.Empty,
            Expression.Literal(" "),
            Expression.Of(Expression.Literal("\n"), new Expression.Repeat(Expression.Literal(" "), 0, MostIndent))
        );

    /// <summary>What stands between a name and its value.</summary>
    public static Expression Colon { get; } = Expression.Of(Expression.Literal(":"), Expression.Optional(Expression.Literal(" ")));

    public static Expression Character { get; } = CharacterOf(Usual);

    public static Expression Text { get; } = TextOf(new Expression.Repeat(Character, 0, null));

    public static Expression Digit { get; } = Digits('0', '9');

    public static Expression Integer { get; } =
        Expression.Of(
            Expression.Optional(Expression.Literal("-")),
            Expression.OneOf(Expression.Literal("0"), Expression.Of(Digits('1', '9'), new Expression.Repeat(Digit, 0, MostDigits - 1)))
        );

    public static Expression Number { get; } =
        Expression.Of(
            Integer,
            Expression.Optional(Expression.Of(Expression.Literal("."), new Expression.Repeat(Digit, 1, MostDigits))),
            Expression.Optional(
                Expression.Of(
                    new Expression.Characters(CharacterSet.Of("eE")),
                    Expression.Optional(new Expression.Characters(CharacterSet.Of("+-"))),
                    new Expression.Repeat(Digit, 1, 2)
                )
            )
        );

    public static Expression Null { get; } = Expression.Literal("null");

    public static Expression Boolean { get; } = Expression.OneOf(Expression.Literal("true"), Expression.Literal("false"));

    /// <summary>A value of any shape.</summary>
    public static Expression Value { get; } = AnyValue();

    public static Expression Object { get; } = ObjectOf(Value);

    public static Expression Array { get; } = ArrayOf(Value);

    public static Expression Digits(char first, char last) => new Expression.Characters(CharacterSet.Of((first, last)));

    /// <summary>One character of these as it stands within a text.</summary>
    public static Expression CharacterOf(CharacterSet set)
    {
        List<Expression> options = [];
        if (set.Except(Escaped) is { IsEmpty: false } plain)
        {
            options.Add(new Expression.Characters(plain));
        }

        foreach (var (first, last) in Escaped.Except(set.Complement()).Ranges)
        {
            options.AddRange(Enumerable.Range(first, last - first + 1).Select(character => Expression.Literal(Escape((char)character))));
        }

        return Expression.OneOf(options);
    }

    /// <param name="characters">As <see cref="CharacterOf"/> makes them.</param>
    public static Expression TextOf(Expression characters) => Expression.Of(Expression.Literal("\""), characters, Expression.Literal("\""));

    /// <summary>A text as it stands between its quotation marks.</summary>
    public static Expression LiteralText(string text)
    {
        var written = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            written.Append(Escaped.Contains(character) ? Escape(character) : character.ToString());
        }

        return Expression.Literal(written.ToString());
    }

    /// <summary>A list of values of one kind.</summary>
    public static Expression ArrayOf(Expression item, int least = 0, int? most = null)
    {
        var more = new Expression.Repeat(
            Expression.Of(Space, Expression.Literal(","), Space, item),
            Math.Max(0, least - 1),
            most is null ? null : Math.Max(0, most.Value - 1)
        );
        var some = Expression.Of(item, more, Space);
        return Expression.Of(
            Expression.Literal("["),
            Space,
            most == 0 ? Expression.Empty
                : least > 0 ? some
                : Expression.Optional(some),
            Expression.Literal("]")
        );
    }

    /// <summary>An object with any names and values of one kind.</summary>
    /// <param name="name">A text with its quotation marks; null: any.</param>
    /// <param name="isEmpty">It may be empty.</param>
    public static Expression ObjectOf(Expression value, Expression? name = null, int? most = null, bool isEmpty = true)
    {
        var member = Expression.Of(name ?? Text, Colon, value);
        var more = new Expression.Repeat(
            Expression.Of(Space, Expression.Literal(","), Space, member),
            0,
            most is null ? null : Math.Max(0, most.Value - 1)
        );
        var some = Expression.Of(member, more, Space);
        return Expression.Of(
            Expression.Literal("{"),
            Space,
            most == 0 ? Expression.Empty
                : isEmpty ? Expression.Optional(some)
                : some,
            Expression.Literal("}")
        );
    }

    private static Expression AnyValue()
    {
        var value = new Rule("value");
        var any = new Expression.Reference(value);
        value.Body = Expression.OneOf(ObjectOf(any), ArrayOf(any), Text, Number, Boolean, Null);
        return any;
    }

    private static string Escape(char character) =>
        character switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' => "\\b",
            '\f' => "\\f",
            _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
        };
}
