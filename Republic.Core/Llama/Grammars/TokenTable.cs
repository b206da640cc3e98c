namespace Republic.Core.Llama.Grammars;

/// <summary>The bytes of all tokens of a vocabulary, in an order in which those that begin alike stand together.</summary>
internal sealed class TokenTable
{
    private readonly byte[][] bytes;
    private readonly int[] sorted;

    /// <summary>How many bytes each token of <see cref="sorted"/> shares with the one before it.</summary>
    private readonly int[] shared;
    private readonly int longest;

    /// <param name="bytes">By the numbers of the tokens; empty: a token that is no text.</param>
    public TokenTable(byte[][] bytes)
    {
        this.bytes = bytes;
        sorted = [.. Enumerable.Range(0, bytes.Length).Where(token => bytes[token].Length > 0)];
        Array.Sort(sorted, (one, other) => bytes[one].AsSpan().SequenceCompareTo(bytes[other]));
        shared = new int[sorted.Length];
        for (var i = 1; i < sorted.Length; i++)
        {
            shared[i] = bytes[sorted[i - 1]].AsSpan().CommonPrefixLength(bytes[sorted[i]]);
        }

        longest = bytes.Select(token => token.Length).DefaultIfEmpty().Max();
    }

    public int Count => bytes.Length;

    public int Longest => longest;

    /// <returns>Empty for a token that is no text.</returns>
    public ReadOnlySpan<byte> BytesOf(int token) => bytes[token];

    /// <summary>The tokens with text that may come next.</summary>
    public TokenSet Legal(GrammarState state)
    {
        if (state.Legal is { } known)
        {
            return known;
        }

        var found = Find(state);
        state.Grammar.Keep(state, found);
        return found;
    }

    private TokenSet Find(GrammarState state)
    {
        var found = new TokenSet(bytes.Length);
        // The states after each byte of the token before, as far as its bytes may come.
        var states = new GrammarState[longest + 1];
        states[0] = state;
        var valid = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (valid < shared[i])
            {
                // A byte that it shares with the one before may not come.
                continue;
            }

            var token = bytes[sorted[i]];
            for (valid = shared[i]; valid < token.Length && states[valid].Next(token[valid]) is { } next; )
            {
                states[++valid] = next;
            }

            if (valid == token.Length)
            {
                found.Add(sorted[i]);
            }
        }

        return found;
    }
}
