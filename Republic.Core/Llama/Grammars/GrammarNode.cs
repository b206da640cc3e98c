namespace Republic.Core.Llama.Grammars;

/// <summary>One step of a compiled grammar.</summary>
/// <param name="Next">The step after it; for <see cref="GrammarNodeKind.Call"/> and a jump the number of the rule is <paramref name="Target"/>.</param>
/// <param name="Target">The first step of the body that is repeated, or the number of a rule.</param>
internal readonly record struct GrammarNode(GrammarNodeKind Kind, int Next = -1, int Target = -1)
{
    /// <summary>The range of bytes that are taken, or how often a body is repeated.</summary>
    public (int Least, int Most) Range { get; init; }

    /// <summary>Of a choice.</summary>
    public int[]? Options { get; init; }

    public bool Equals(GrammarNode other) =>
        (Kind, Next, Target, Range) == (other.Kind, other.Next, other.Target, other.Range)
        && (Options is null ? other.Options is null : other.Options is not null && Options.AsSpan().SequenceEqual(other.Options));

    public override int GetHashCode()
    {
        var hash = HashCode.Combine(Kind, Next, Target, Range);
        return Options is null ? hash : Options.Aggregate(hash, HashCode.Combine);
    }
}
