namespace Republic.Core.Knowledge.Retrieval;

/// <summary>The words of a question as one language stems them, and how much each tells of a passage that holds it.</summary>
/// <param name="Languages">Of the passages that are searched so, as they are stored.</param>
/// <param name="Words">Quoted, as a tsquery is written; the rarest first.</param>
/// <param name="Holders">How many passages hold each.</param>
/// <param name="Weights">They add up to 1.</param>
internal sealed record QuestionWords(string[] Languages, string[] Words, long[] Holders, double[] Weights)
{
    /// <summary>So many passages are compared in full; a word that more of them hold tells none of them apart.</summary>
    public const int MostCandidates = 3000;

    public string Any => string.Join(" | ", Words);

    /// <summary>The words that passages are picked by: the rarest, and others as long as they do not bring in too many.</summary>
    public string Telling
    {
        get
        {
            var (taken, passages) = (0, 0L);
            while (taken < Words.Length && (passages == 0 || passages + Holders[taken] <= MostCandidates))
            {
                passages += Holders[taken++];
            }

            return string.Join(" | ", Words.Take(taken));
        }
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
            [.. rarity.Select(weight => weight / sum)]
        );
    }
}
