using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Generation;

/// <summary>A conversation as tokens, without its oldest turns where it is longer than the length up to which its model answers well.</summary>
/// <param name="Lines">The messages that stay.</param>
/// <param name="Omitted">How many were left out.</param>
internal sealed record FittedPrompt(IReadOnlyList<ChatLine> Lines, int[] Tokens, int Omitted)
{
    private const string Person = "user";

    /// <summary>
    /// A turn, which is a person's message and the answer to it, stays or goes whole. What the system says, the last exchange and the question
    /// stay, however long they are.
    /// </summary>
    /// <param name="length">Null: nothing is left out.</param>
    /// <param name="least">A lower bound of the tokens of one message, told without reading it.</param>
    public static FittedPrompt Of(
        IReadOnlyList<ChatLine> lines,
        int? length,
        Func<ChatLine, int> least,
        Func<IReadOnlyList<ChatLine>, int[]> tokenize
    )
    {
        var begins = Begins(lines, length);
        var last = begins.Count - 1;
        // What cannot stay in any case is not even read: with hundreds of thousands of messages that would take many seconds.
        var from = length is { } most ? FirstThat(0, last, i => Kept(lines, begins[i]).Sum(least) <= most) : 0;
        var found = At(from);
        return from == last || found.Tokens.Length <= length ? found : At(FirstThat(from + 1, last, i => At(i).Tokens.Length <= length));

        FittedPrompt At(int begin)
        {
            List<ChatLine> kept = [.. Kept(lines, begins[begin])];
            return new FittedPrompt(kept, tokenize(kept), lines.Count - kept.Count);
        }
    }

    /// <summary>A lower bound of the tokens of the whole prompt, when as many turns as may be are left out.</summary>
    /// <inheritdoc cref="Of"/>
    public static int Least(IReadOnlyList<ChatLine> lines, int? length, Func<ChatLine, int> least) =>
        Kept(lines, Begins(lines, length)[^1]).Sum(least);

    /// <summary>Where what stays may begin: with the first message, or with a turn.</summary>
    private static List<int> Begins(IReadOnlyList<ChatLine> lines, int? length)
    {
        if (length is null)
        {
            return [0];
        }

        var turns = Enumerable.Range(0, lines.Count).Where(i => lines[i].Role == Person);
        var isAsked = lines[^1].Role == Person;
        return [0, .. turns.Skip(1).SkipLast(isAsked ? 1 : 0)];
    }

    private static IEnumerable<ChatLine> Kept(IReadOnlyList<ChatLine> lines, int first) =>
        lines.Where((line, i) => i >= first || line.Role == "system");

    /// <summary>A few looks find it, as each turn that goes makes the conversation shorter. The last one where there is none.</summary>
    private static int FirstThat(int from, int last, Func<int, bool> fits)
    {
        while (from < last)
        {
            var middle = (from + last) / 2;
            (from, last) = fits(middle) ? (from, middle) : (middle + 1, last);
        }

        return last;
    }
}
