namespace Republic.Core.Llama.Grammars;

/// <summary>A compiled grammar, with the fewest bytes that lead from each step to the end of its rule or body.</summary>
internal sealed class GrammarProgram
{
    /// <summary>Stands for never; what is added to it stays there.</summary>
    public const int Never = 1 << 30;
    private readonly int[] least;
    private readonly int[] depths;

    public GrammarProgram(GrammarNode[] nodes, int[] rules, int start)
    {
        (Nodes, Rules, Start) = (nodes, rules, start);
        var users = Enumerable
            .Range(0, nodes.Length)
            .SelectMany(user => Used(nodes[user]).Select(used => (used, user)))
            .ToLookup(pair => pair.used, pair => pair.user);
        least = Fewest(users, LeastOf);
        depths = Fewest(users, DepthOf);
        LongestLeast = least.Where(bytes => bytes < Never).DefaultIfEmpty().Max();
        RefuseLeftRecursion();
    }

    public GrammarNode[] Nodes { get; }

    /// <summary>The first step of each rule.</summary>
    public int[] Rules { get; }

    public int Start { get; }

    /// <summary>The most bytes that any one rule or body takes at least.</summary>
    public int LongestLeast { get; }

    public int Least(int node) => least[node];

    /// <summary>How many frames it takes at least, one in another, to get from a step to the end of its rule or body.</summary>
    public int Depth(int node) => depths[node];

    /// <summary>The fewest bytes from a step that resumes to the end around it.</summary>
    /// <param name="done">How often a repeated body is through once the present one is; negative: nothing is repeated.</param>
    public int LeastAfter(int node, int done) =>
        done < 0
            ? least[node]
            : Sum(Times(least[Nodes[node].Target], Math.Max(0, Nodes[node].Range.Least - done)), least[Nodes[node].Next]);

    public static int Sum(int one, int other) => (int)Math.Min((long)one + other, Never);

    private static int Times(int one, int count) => count == 0 ? 0 : (int)Math.Min((long)one * count, Never);

    /// <summary>The smallest numbers that agree with each other.</summary>
    private int[] Fewest(ILookup<int, int> users, Func<GrammarNode, int[], int> numberOf)
    {
        var found = new int[Nodes.Length];
        Array.Fill(found, Never);
        var open = new Queue<int>(Enumerable.Range(0, Nodes.Length));
        while (open.TryDequeue(out var node))
        {
            var number = numberOf(Nodes[node], found);
            if (number < found[node])
            {
                found[node] = number;
                foreach (var user in users[node])
                {
                    open.Enqueue(user);
                }
            }
        }

        return found;
    }

    private IEnumerable<int> Used(GrammarNode node) =>
        node.Kind switch
        {
            GrammarNodeKind.Return => [],
            GrammarNodeKind.Byte => [node.Next],
            GrammarNodeKind.Choice => node.Options!,
            GrammarNodeKind.Call => [Rules[node.Target], node.Next],
            GrammarNodeKind.Jump => [Rules[node.Target]],
            _ => [node.Target, node.Next],
        };

    private int LeastOf(GrammarNode node, int[] found) =>
        node.Kind switch
        {
            GrammarNodeKind.Return => 0,
            GrammarNodeKind.Byte => Sum(1, found[node.Next]),
            GrammarNodeKind.Choice => node.Options!.Select(option => found[option]).DefaultIfEmpty(Never).Min(),
            GrammarNodeKind.Call => Sum(found[Rules[node.Target]], found[node.Next]),
            GrammarNodeKind.Jump => found[Rules[node.Target]],
            _ => Sum(Times(found[node.Target], node.Range.Least), found[node.Next]),
        };

    private int DepthOf(GrammarNode node, int[] found) =>
        node.Kind switch
        {
            GrammarNodeKind.Return => 0,
            GrammarNodeKind.Byte => found[node.Next],
            GrammarNodeKind.Choice => node.Options!.Select(option => found[option]).DefaultIfEmpty(Never).Min(),
            GrammarNodeKind.Call => Math.Max(Sum(1, found[Rules[node.Target]]), found[node.Next]),
            GrammarNodeKind.Jump => found[Rules[node.Target]],
            _ => node.Range.Least == 0 ? found[node.Next] : Math.Max(Sum(1, found[node.Target]), found[node.Next]),
        };

    /// <summary>A rule that leads to itself before a byte was taken would be entered for ever.</summary>
    private void RefuseLeftRecursion()
    {
        var isThrough = new bool[Nodes.Length];
        var onPath = new HashSet<int>();
        var path = new Stack<(int Node, bool IsInside, IEnumerator<(int, bool)> Left)>();
        foreach (var start in Rules.Append(Start))
        {
            Enter(start, isInside: false);
            while (path.TryPeek(out var top))
            {
                if (top.Left.MoveNext())
                {
                    Enter(top.Left.Current.Item1, top.Left.Current.Item2);
                }
                else
                {
                    path.Pop();
                    onPath.Remove(top.Node);
                    isThrough[top.Node] = true;
                }
            }
        }

        void Enter(int node, bool isInside)
        {
            if (onPath.Contains(node) && (isInside || path.TakeWhile(step => step.Node != node).Any(step => step.IsInside)))
            {
                throw new GrammarException(
                    "A rule refers to itself before anything else is said. Put something before it, or leave it out."
                );
            }

            if (!isThrough[node] && onPath.Add(node))
            {
                path.Push((node, isInside, WithoutByte(node).GetEnumerator()));
            }
        }
    }

    /// <summary>The steps that are reached from one without a byte, and whether that is inside a rule that is entered.</summary>
    private IEnumerable<(int Node, bool IsInside)> WithoutByte(int index)
    {
        var node = Nodes[index];
        switch (node.Kind)
        {
            case GrammarNodeKind.Choice:
                return node.Options!.Select(option => (option, false));
            case GrammarNodeKind.Jump:
                return [(Rules[node.Target], false)];
            case GrammarNodeKind.Call:
                var rule = Rules[node.Target];
                return least[rule] == 0 ? [(rule, true), (node.Next, false)] : [(rule, true)];
            case GrammarNodeKind.Repeat:
                return least[node.Target] == 0 || node.Range.Least == 0 ? [(node.Target, true), (node.Next, false)] : [(node.Target, true)];
            default:
                return [];
        }
    }
}
