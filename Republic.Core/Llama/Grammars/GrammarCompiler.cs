using System.Runtime.CompilerServices;

namespace Republic.Core.Llama.Grammars;

/// <summary>Makes steps of an <see cref="Expression"/>, from its end to its beginning; equal steps are one.</summary>
internal sealed class GrammarCompiler
{
    /// <summary>Bodies repeated no more often than gives so many steps are written out: that is faster than counting.</summary>
    private const int MostUnrolled = 64;
    private const int MostNodes = 200_000;

    /// <summary>Parts that are looked at, each as often as it stands somewhere: equal ones cost time and no steps.</summary>
    private const int MostParts = 2_000_000;
    private const int End = 0;
    private readonly List<GrammarNode> nodes = [new(GrammarNodeKind.Return)];
    private readonly Dictionary<GrammarNode, int> known = [];
    private readonly Dictionary<(Expression Part, int Next), int> added = new(new SamePart());
    private readonly Dictionary<(Expression Part, int Next), int> sizes = new(new SamePart());
    private int parts;
    private readonly Dictionary<Rule, int> numbers = [];
    private readonly List<Rule> rules = [];

    /// <exception cref="GrammarException">It is too large.</exception>
    public static GrammarProgram Compile(Expression root)
    {
        var compiler = new GrammarCompiler();
        var start = compiler.Add(root, End);
        var starts = new List<int>();
        // Rules that are found on the way are added to the list.
        for (var i = 0; i < compiler.rules.Count; i++)
        {
            starts.Add(compiler.Add(compiler.rules[i].Body, End));
        }

        return new GrammarProgram([.. compiler.nodes], [.. starts], start);
    }

    private int Add(Expression expression, int next)
    {
        if (!added.TryGetValue((expression, next), out var node))
        {
            if (++parts > MostParts || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                throw new GrammarException("The grammar is too large. Ask for less at once.");
            }

            node = added[(expression, next)] = Made(expression, next);
        }

        return node;
    }

    private int Made(Expression expression, int next) =>
        expression switch
        {
            Expression.Bytes literal => literal.Value.Reverse().Aggregate(next, (after, value) => Byte(value, value, after)),
            Expression.ByteRange range => Byte(range.First, range.Last, next),
            Expression.Characters characters => Choice([.. characters.Set.Utf8().Select(bytes => Bytes(bytes, next))]),
            Expression.Sequence sequence => sequence.Parts.Reverse().Aggregate(next, (after, part) => Add(part, after)),
            Expression.Choice choice => Choice([.. choice.Options.Select(option => Add(option, next))]),
            Expression.Reference reference => next == End
                ? Node(new(GrammarNodeKind.Jump, Target: Number(reference.Rule)))
                : Node(new(GrammarNodeKind.Call, next, Number(reference.Rule))),
            Expression.Repeat repeat => Repeat(repeat, next),
            _ => throw new NotSupportedException(expression.GetType().Name),
        };

    private int Repeat(Expression.Repeat repeat, int next)
    {
        var (body, least, most) = repeat;
        if (most == 0)
        {
            return next;
        }

        var before = nodes.Count;
        var once = Add(body, End);
        if (once == End)
        {
            return next;
        }

        // What it took when it was met first; later all its steps are there already.
        if (!sizes.TryGetValue((body, End), out var size))
        {
            size = sizes[(body, End)] = Math.Max(1, nodes.Count - before);
        }

        if ((most ?? least) * (long)size > MostUnrolled)
        {
            return Node(new(GrammarNodeKind.Repeat, next, once) { Range = (least, most ?? int.MaxValue) });
        }

        var tail = most is null ? Star(body, next) : next;
        for (var i = least; i < most; i++)
        {
            tail = Choice([Add(body, tail), next]);
        }

        for (var i = 0; i < least; i++)
        {
            tail = Add(body, tail);
        }

        return tail;
    }

    private int Star(Expression body, int next)
    {
        // Kept free, because the body leads back to it.
        var loop = nodes.Count;
        nodes.Add(default);
        nodes[loop] = new(GrammarNodeKind.Choice) { Options = [Add(body, loop), next] };
        return loop;
    }

    private int Bytes((byte First, byte Last)[] bytes, int next) =>
        bytes.Reverse().Aggregate(next, (after, range) => Byte(range.First, range.Last, after));

    private int Byte(byte first, byte last, int next) => Node(new(GrammarNodeKind.Byte, next) { Range = (first, last) });

    private int Choice(int[] options)
    {
        int[] distinct = [.. options.Distinct()];
        return distinct.Length == 1 ? distinct[0] : Node(new(GrammarNodeKind.Choice) { Options = distinct });
    }

    private int Number(Rule rule)
    {
        if (!numbers.TryGetValue(rule, out var number))
        {
            number = numbers[rule] = rules.Count;
            rules.Add(rule);
        }

        return number;
    }

    private int Node(GrammarNode node)
    {
        if (known.TryGetValue(node, out var index))
        {
            return index;
        }

        if (nodes.Count >= MostNodes)
        {
            throw new GrammarException("The grammar is too large. Ask for less at once.");
        }

        index = known[node] = nodes.Count;
        nodes.Add(node);
        return index;
    }

    // Records are equal by what is in them, which takes as long as to look at all of it.
    private sealed class SamePart : IEqualityComparer<(Expression Part, int Next)>
    {
        public bool Equals((Expression Part, int Next) x, (Expression Part, int Next) y) =>
            ReferenceEquals(x.Part, y.Part) && x.Next == y.Next;

        public int GetHashCode((Expression Part, int Next) obj) => HashCode.Combine(RuntimeHelpers.GetHashCode(obj.Part), obj.Next);
    }
}
