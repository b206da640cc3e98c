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
    public static FittedPrompt Of(IReadOnlyList<ChatLine> lines, int? length, Func<IReadOnlyList<ChatLine>, int[]> tokenize)
    {
        var whole = new FittedPrompt(lines, tokenize(lines), 0);
        var begins = length is { } most && whole.Tokens.Length > most ? TurnsThatMayBeFirst(lines) : [];
        // Each turn that goes makes it shorter, so that a few looks find the first one that can stay, also among thousands.
        var (from, to, found) = (0, begins.Count - 1, whole);
        while (from <= to)
        {
            var middle = (from + to) / 2;
            var fewer = Without(lines, begins[middle], tokenize);
            if (fewer.Tokens.Length <= length)
            {
                (to, found) = (middle - 1, fewer);
            }
            else
            {
                from = middle + 1;
            }
        }

        return begins.Count > 0 && found == whole ? Without(lines, begins[^1], tokenize) : found;
    }

    private static List<int> TurnsThatMayBeFirst(IReadOnlyList<ChatLine> lines)
    {
        List<int> begins = [.. Enumerable.Range(0, lines.Count).Where(i => lines[i].Role == Person)];
        var isAsked = lines[^1].Role == Person;
        return [.. begins.Skip(1).SkipLast(isAsked ? 1 : 0)];
    }

    private static FittedPrompt Without(IReadOnlyList<ChatLine> lines, int first, Func<IReadOnlyList<ChatLine>, int[]> tokenize)
    {
        List<ChatLine> kept = [.. lines.Where((line, i) => i >= first || line.Role == "system")];
        return new FittedPrompt(kept, tokenize(kept), lines.Count - kept.Count);
    }
}
