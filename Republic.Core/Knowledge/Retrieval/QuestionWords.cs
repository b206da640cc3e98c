namespace Republic.Core.Knowledge.Retrieval;

/// <summary>The words of a question as one language stems them, and how much each tells of a passage that holds it.</summary>
/// <param name="Languages">Of the passages that are searched so, as they are stored.</param>
/// <param name="Words">Quoted, as a tsquery is written; the rarest first.</param>
/// <param name="Holders">How many passages hold each; of a common word an estimate.</param>
/// <param name="Weights">They add up to 1.</param>
/// <param name="Passages">That there are.</param>
internal sealed record QuestionWords(string[] Languages, string[] Words, long[] Holders, double[] Weights, long Passages)
{
    public string Any => string.Join(" | ", Words);

    /// <summary>
    /// What passages are picked by: the rarest words, as long as they do not bring in too many. Where even the rarest does, words that stand
    /// together; and should too few passages hold them so, the rarest alone.
    /// </summary>
    /// <param name="most">So many passages are compared; a word that more of them hold tells none of them apart.</param>
    public IReadOnlyList<WordQueries> Candidates(int most)
    {
        var known = Words.Zip(Weights).Where((_, i) => Holders[i] > 0).ToArray();
        if (known.Length == 0)
        {
            return [];
        }

        var holders = Holders[^known.Length..];
        if (known.Length > 1 && holders[0] > most)
        {
            return [WordQueries.AllOf(known, Together(holders, most)), WordQueries.AnyOf(known, 1)];
        }

        var (picking, passages) = (0, 0L);
        while (picking < known.Length && (picking == 0 || passages + holders[picking] <= most))
        {
            passages += holders[picking++];
        }

        return [WordQueries.AnyOf(known, picking)];
    }

    /// <param name="counted">Words as a tsquery is written.</param>
    /// <param name="total">Passages that there are.</param>
    public static QuestionWords Of(string[] languages, IEnumerable<(string Word, long Holders)> counted, long total)
    {
        var words = counted.OrderBy(word => word.Holders).ThenBy(word => word.Word, StringComparer.Ordinal).ToList();
        // A word that is nowhere counts as one that stands in a single passage: the question is as much about it.
        var rarity = words.ConvertAll(word => Math.Log(1 + (total / (double)Math.Max(1, word.Holders))));
        var sum = rarity.Sum();
        return new QuestionWords(
            languages,
            [.. words.Select(word => word.Word)],
            [.. words.Select(word => word.Holders)],
            [.. rarity.Select(weight => weight / sum)],
            total
        );
    }

    /// <summary>How many of the rarest words stand together in few enough passages, if each stands in any passage as likely as in another.</summary>
    private int Together(long[] holders, int most)
    {
        var (words, expected) = (1, (double)holders[0]);
        while (words < holders.Length && expected > most)
        {
            expected *= holders[words++] / (double)Passages;
        }

        return words;
    }
}
