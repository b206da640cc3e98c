using System.Text;

namespace Republic.Core.Llama.Grammars;

/// <summary>The texts that may be written, as the tree of which a <see cref="Grammar"/> is compiled. Texts are UTF-8.</summary>
internal abstract record Expression
{
    public static Expression Empty { get; } = new Sequence([]);

    /// <summary>No text at all, not even the empty one.</summary>
    public static Expression Nothing { get; } = new Choice([]);

    public static Expression Literal(string text) => new Bytes(Encoding.UTF8.GetBytes(text));

    public static Expression Of(params Expression[] parts) => parts.Length == 1 ? parts[0] : new Sequence(parts);

    public static Expression OneOf(params IReadOnlyList<Expression> options) => options.Count == 1 ? options[0] : new Choice(options);

    public static Expression Optional(Expression body) => new Repeat(body, 0, 1);

    public sealed record Bytes(byte[] Value) : Expression;

    /// <summary>One byte between two, which need not be a character.</summary>
    public sealed record ByteRange(byte First, byte Last) : Expression;

    /// <summary>One character.</summary>
    public sealed record Characters(CharacterSet Set) : Expression;

    public sealed record Sequence(IReadOnlyList<Expression> Parts) : Expression;

    public sealed record Choice(IReadOnlyList<Expression> Options) : Expression;

    /// <param name="Most">Null: as often as one likes.</param>
    public sealed record Repeat(Expression Body, int Least, int? Most) : Expression;

    public sealed record Reference(Rule Rule) : Expression;
}
