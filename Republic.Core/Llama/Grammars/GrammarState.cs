namespace Republic.Core.Llama.Grammars;

/// <summary>What may follow a text that has begun. Equal states of a grammar are one object, and remember where each byte leads.</summary>
internal sealed class GrammarState(Grammar grammar, (int Node, GrammarFrame Frame)[] items, bool accepts)
{
    private GrammarState?[]? next;
    private ulong[] known = [];

    /// <summary>Each byte step that may be next, with all that is around it.</summary>
    public (int Node, GrammarFrame Frame)[] Items => items;

    /// <summary>The text may end here.</summary>
    public bool Accepts => accepts;

    /// <summary>The text has to end here.</summary>
    public bool IsFinal => items.Length == 0;

    /// <summary>The fewest bytes to the end of the text.</summary>
    public int LeastBytes { get; } = accepts ? 0 : items.Min(item => grammar.Least(item.Node, item.Frame));

    /// <summary>The tokens of a vocabulary that may come next, where they were asked for.</summary>
    public TokenSet? Legal { get; set; }

    /// <summary>The grammar that it is a state of.</summary>
    public Grammar Grammar => grammar;

    /// <summary>Lets go of all that was found out, which is found out anew where it is needed.</summary>
    public void Forget() => (next, known, Legal) = (null, [], null);

    /// <returns>Null: the byte may not be next.</returns>
    /// <exception cref="GrammarException">The grammar leaves too many possibilities open.</exception>
    public GrammarState? Next(byte value)
    {
        if (next is not null && (known[value >> 6] >> (value & 63) & 1) != 0)
        {
            return next[value];
        }

        // May have all states forget what they know, this one too.
        var after = grammar.After(this, value);
        if (next is null)
        {
            (next, known) = (new GrammarState?[256], new ulong[4]);
        }

        next[value] = after;
        known[value >> 6] |= 1UL << (value & 63);
        return after;
    }

    public GrammarState? Next(ReadOnlySpan<byte> bytes)
    {
        var state = this;
        foreach (var value in bytes)
        {
            state = state.Next(value);
            if (state is null)
            {
                return null;
            }
        }

        return state;
    }
}
