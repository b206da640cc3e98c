namespace Republic.Core.Knowledge.Retrieval;

/// <summary>
/// What the index of words is asked. The weights of the queries that a passage answers to add up to its share of the question, and no text of
/// a passage is unpacked for that.
/// </summary>
/// <param name="Queries">As PostgreSQL writes a tsquery.</param>
/// <param name="Rest">What the words that are not asked for may add to a share.</param>
internal sealed record WordQueries(string[] Queries, double[] Weights, double Rest)
{
    /// <summary>Words beyond these are common ones, which add little to a share.</summary>
    private const int MostOthers = 12;

    /// <summary>Of passages that hold any of the words that pick.</summary>
    /// <param name="words">The rarest first.</param>
    /// <param name="picking">So many of them pick.</param>
    public static WordQueries AnyOf((string Text, double Weight)[] words, int picking) =>
        Of(words[..picking], Joined(" | ", words, picking), words[picking..]);

    /// <summary>Of passages that hold all of the words that pick.</summary>
    /// <param name="words">The rarest first.</param>
    /// <param name="picking">So many of them pick.</param>
    public static WordQueries AllOf((string Text, double Weight)[] words, int picking)
    {
        var together = Joined(" & ", words, picking);
        return Of([(together, words[..picking].Sum(word => word.Weight))], together, words[picking..]);
    }

    private static WordQueries Of((string Text, double Weight)[] picking, string picked, (string Text, double Weight)[] others) =>
        new(
            [.. picking.Select(word => word.Text), .. others.Take(MostOthers).Select(word => $"({picked}) & {word.Text}")],
            [.. picking.Select(word => word.Weight), .. others.Take(MostOthers).Select(word => word.Weight)],
            others.Skip(MostOthers).Sum(word => word.Weight)
        );

    private static string Joined(string by, (string Text, double Weight)[] words, int first) =>
        string.Join(by, words.Take(first).Select(word => word.Text));
}
