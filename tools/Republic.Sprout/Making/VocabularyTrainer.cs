namespace Republic.Sprout.Making;

/// <summary>Learns the merges of a <see cref="Vocabulary"/>: again and again the pair that stands side by side most often.</summary>
internal sealed class VocabularyTrainer
{
    private readonly List<List<string>> words = [];
    private readonly List<int> counts = [];
    private readonly Dictionary<(string Left, string Right), int> pairs = [];
    private readonly Dictionary<(string Left, string Right), HashSet<int>> where = [];

    private VocabularyTrainer(IEnumerable<string> texts)
    {
        foreach (
            var (word, count) in texts.SelectMany(Vocabulary.Words).CountBy(word => word).OrderBy(pair => pair.Key, StringComparer.Ordinal)
        )
        {
            words.Add(Vocabulary.Pieces(word));
            counts.Add(count);
            Count(words.Count - 1, +1);
        }
    }

    /// <param name="tokens">How many; fewer if no pair is left that stands there twice.</param>
    public static Vocabulary Train(IEnumerable<string> texts, int tokens)
    {
        var trainer = new VocabularyTrainer(texts);
        List<(string Left, string Right)> learned = [];
        var pieces = new HashSet<string>(Vocabulary.Letters, StringComparer.Ordinal);
        while (pieces.Count + Vocabulary.Controls < tokens && trainer.Best() is { } best)
        {
            learned.Add(best);
            pieces.Add(best.Left + best.Right);
            trainer.Merge(best);
        }

        return new Vocabulary(learned);
    }

    /// <summary>Of pairs that come equally often the first in the alphabet, so that the same text gives the same merges.</summary>
    private (string Left, string Right)? Best()
    {
        (string Left, string Right)? best = null;
        var most = 1;
        foreach (var (pair, count) in pairs)
        {
            if (count > most || (count == most && best is { } other && Compare(pair, other) < 0))
            {
                (best, most) = (pair, count);
            }
        }

        return best;
    }

    private static int Compare((string Left, string Right) a, (string Left, string Right) b) =>
        string.CompareOrdinal(a.Left, b.Left) is var left and not 0 ? left : string.CompareOrdinal(a.Right, b.Right);

    private void Merge((string Left, string Right) pair)
    {
        foreach (var index in where[pair].ToList())
        {
            Count(index, -1);
            var word = words[index];
            for (var i = 0; i + 1 < word.Count; i++)
            {
                if (word[i] == pair.Left && word[i + 1] == pair.Right)
                {
                    word[i] += word[i + 1];
                    word.RemoveAt(i + 1);
                }
            }

            Count(index, +1);
        }

        pairs.Remove(pair);
    }

    private void Count(int index, int sign)
    {
        var word = words[index];
        for (var i = 0; i + 1 < word.Count; i++)
        {
            var pair = (word[i], word[i + 1]);
            pairs[pair] = pairs.GetValueOrDefault(pair) + (sign * counts[index]);
            if (!where.TryGetValue(pair, out var places))
            {
                where[pair] = places = [];
            }

            if (sign > 0)
            {
                places.Add(index);
            }
        }
    }
}
