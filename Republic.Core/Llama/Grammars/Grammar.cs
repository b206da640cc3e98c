using System.Runtime.InteropServices;

namespace Republic.Core.Llama.Grammars;

/// <summary>
/// The texts that may be written, ready to be followed byte by byte. No state is a dead end: from each the text can be brought to its end.
/// Followed by one thread at a time.
/// </summary>
internal sealed class Grammar
{
    /// <summary>Steps that are open at once; a grammar that leaves more open has parts that begin alike without an end.</summary>
    private const int MostOpen = 65_536;

    /// <summary>To scan so many open steps takes about as long as to open one.</summary>
    private const int StepsScannedForOne = 8;

    /// <summary>How deep rules may stand in each other.</summary>
    private const int MostDepth = 512;

    /// <summary>States are forgotten beyond so many, and made anew when they are needed.</summary>
    private const int MostStates = 4_096;

    /// <summary>So too beyond so many steps in all of them.</summary>
    private const int MostKeptSteps = 1_000_000;

    /// <summary>Sets of tokens, which are large.</summary>
    private const int MostTokenSets = 256;
    private readonly GrammarProgram program;
    private readonly Dictionary<(GrammarFrame, int, int), GrammarFrame> frames = [];
    private readonly Dictionary<StateKey, GrammarState> states = [];
    private readonly Queue<GrammarState> withTokens = new();
    private int keptSteps;
    private readonly HashSet<Step> open = [];
    private readonly Stack<Step> toOpen = new();

    /// <exception cref="GrammarException">It cannot be followed, or no text is one of it.</exception>
    public Grammar(Expression root)
    {
        program = GrammarCompiler.Compile(root);
        if (program.Least(program.Start) >= GrammarProgram.Never)
        {
            throw new GrammarException("It contradicts itself: nothing can satisfy it.");
        }

        Start = Closed([new Step(program.Start, GrammarFrame.Outermost, 0)])!;
    }

    public GrammarState Start { get; }

    /// <summary>How many steps may still be taken to find out what comes next.</summary>
    public long Allowance { get; set; } = MostOpen;

    /// <summary>By how much <see cref="GrammarState.LeastBytes"/> grows at most with one byte.</summary>
    public int LongestLeast => program.LongestLeast;

    public int Least(int node, GrammarFrame frame) => GrammarProgram.Sum(program.Least(node), frame.Least);

    /// <summary>Keeps the tokens that are legal in a state, in place of those found longest ago.</summary>
    public void Keep(GrammarState state, TokenSet legal)
    {
        if (withTokens.Count >= MostTokenSets)
        {
            withTokens.Dequeue().Legal = null;
        }

        state.Legal = legal;
        withTokens.Enqueue(state);
    }

    public GrammarState? After(GrammarState state, byte value)
    {
        Allowance -= state.Items.Length / StepsScannedForOne;
        List<Step> reached = [];
        foreach (var (index, frame) in state.Items)
        {
            var node = program.Nodes[index];
            if (node.Range.Least <= value && value <= node.Range.Most)
            {
                reached.Add(new Step(node.Next, frame, frame.Depth));
            }
        }

        return reached.Count == 0 ? null : Closed(reached);
    }

    /// <summary>The state in which any of these steps may be next.</summary>
    private GrammarState? Closed(List<Step> reached)
    {
        var accepts = false;
        List<(int Node, GrammarFrame Frame)> items = [];
        open.Clear();
        toOpen.Clear();
        reached.ForEach(Open);
        while (toOpen.TryPop(out var step))
        {
            var node = program.Nodes[step.Node];
            switch (node.Kind)
            {
                case GrammarNodeKind.Byte:
                    items.Add((step.Node, step.Frame));
                    break;
                case GrammarNodeKind.Choice:
                    foreach (var option in node.Options!)
                    {
                        Open(step with { Node = option });
                    }

                    break;
                case GrammarNodeKind.Jump:
                    Open(step with { Node = program.Rules[node.Target] });
                    break;
                case GrammarNodeKind.Call:
                    OpenInside(step, program.Rules[node.Target], node.Next, count: -1);
                    break;
                case GrammarNodeKind.Repeat:
                    Repeat(step, count: 0);
                    break;
                default:
                    accepts |= !Return(step);
                    break;
            }
        }

        return items.Count == 0 && !accepts ? null : State(items, accepts);
    }

    /// <returns>False at the end of the text.</returns>
    private bool Return(Step step)
    {
        var frame = step.Frame;
        if (frame.Outer is null)
        {
            return false;
        }

        var isEmpty = frame.Depth > step.Depth;
        var outer = new Step(frame.Node, frame.Outer, Math.Min(step.Depth, frame.Outer.Depth));
        if (frame.Count < 0)
        {
            Open(outer);
        }
        else if (isEmpty)
        {
            // Of what may be empty all further times are so.
            Open(outer with { Node = program.Nodes[frame.Node].Next });
        }
        else
        {
            Repeat(outer, frame.Count + 1);
        }

        return true;
    }

    private void Repeat(Step step, int count)
    {
        var node = program.Nodes[step.Node];
        if (count >= node.Range.Least)
        {
            Open(step with { Node = node.Next });
        }

        if (count < node.Range.Most)
        {
            // Without an upper limit nobody counts beyond the lower one.
            OpenInside(step, node.Target, step.Node, node.Range.Most == int.MaxValue ? Math.Min(count, node.Range.Least) : count);
        }
    }

    private void OpenInside(Step step, int node, int resume, int count)
    {
        var outer = step.Frame;
        ref var frame = ref CollectionsMarshal.GetValueRefOrAddDefault(frames, (outer, resume, count), out _);
        frame ??= new GrammarFrame(
            outer,
            resume,
            count,
            GrammarProgram.Sum(program.LeastAfter(resume, count < 0 ? -1 : count + 1), outer.Least)
        );
        Open(step with { Node = node, Frame = frame });
    }

    private void Open(Step step)
    {
        // Nobody asks of a byte how it was reached.
        var isByte = program.Nodes[step.Node].Kind == GrammarNodeKind.Byte;
        if (
            Least(step.Node, step.Frame) >= GrammarProgram.Never
            // What is deeper could not be brought to its end.
            || step.Frame.Depth + program.Depth(step.Node) > MostDepth
            || !open.Add(isByte ? step with { Depth = 0 } : step)
        )
        {
            return;
        }

        if (--Allowance < 0)
        {
            throw new GrammarException("It takes too long to follow. Ask for less at once, or let its alternatives begin differently.");
        }

        if (open.Count > MostOpen)
        {
            throw new GrammarException("It leaves too many possibilities open at once. Let its alternatives begin differently.");
        }

        toOpen.Push(step);
    }

    private GrammarState State(List<(int Node, GrammarFrame Frame)> items, bool accepts)
    {
        var key = new StateKey(items, accepts);
        if (states.TryGetValue(key, out var state))
        {
            return state;
        }

        if (states.Count >= MostStates || (keptSteps += items.Count) > MostKeptSteps)
        {
            // Each holds on to those that follow it.
            foreach (var old in states.Values)
            {
                old.Forget();
            }

            states.Clear();
            frames.Clear();
            withTokens.Clear();
            keptSteps = items.Count;
        }

        return states[key] = new GrammarState(this, [.. items], accepts);
    }

    /// <param name="Depth">That of the innermost frame that was there before: what is deeper was entered since the last byte.</param>
    private readonly record struct Step(int Node, GrammarFrame Frame, int Depth);

    /// <summary>Steps in any order.</summary>
    private readonly struct StateKey(List<(int Node, GrammarFrame Frame)> items, bool accepts) : IEquatable<StateKey>
    {
        private readonly List<(int Node, GrammarFrame Frame)> items = items;
        private readonly bool accepts = accepts;
        private readonly int hash = items.Aggregate(accepts ? 1 : 0, (sum, item) => unchecked(sum + item.GetHashCode()));

        public bool Equals(StateKey other) =>
            (hash, accepts, items.Count) == (other.hash, other.accepts, other.items.Count) && HasAll(other.items);

        public override bool Equals(object? obj) => obj is StateKey other && Equals(other);

        public override int GetHashCode() => hash;

        private bool HasAll(List<(int Node, GrammarFrame Frame)> others)
        {
            if (items.SequenceEqual(others))
            {
                return true;
            }

            HashSet<(int, GrammarFrame)> all = [.. items];
            return all.SetEquals(others);
        }
    }
}
