using System.Text;
using Republic.Core;

namespace Republic.Bench;

/// <summary>Invented words of one script, as common as in a language: the n-th a share of 1/n. Always the same.</summary>
internal sealed class Vocabulary
{
    private const int SentenceLength = 12;

    private readonly string space;
    private readonly List<string> words = [];

    /// <summary>Of each word, with those of all before it.</summary>
    private readonly double[] shares;

    /// <param name="longest">Syllables of the longest word.</param>
    /// <param name="first">What a syllable begins with.</param>
    /// <param name="second">What may follow; a space is nothing.</param>
    private Vocabulary(string name, int count, int longest, string first, string second = " ", string space = " ")
    {
        (Name, this.space, shares) = (name, space, new double[count]);
        var random = new SeededRandom(79);
        HashSet<string> known = new(StringComparer.Ordinal);
        while (words.Count < count)
        {
            var syllables = Enumerable
                .Range(0, 1 + random.Next(longest))
                .Select(_ => $"{first[random.Next(first.Length)]}{second[random.Next(second.Length)]}".TrimEnd());
            var word = string.Concat(syllables);
            if (known.Add(word))
            {
                shares[words.Count] = (words.Count > 0 ? shares[words.Count - 1] : 0) + (1.0 / (words.Count + 1));
                words.Add(word);
            }
        }
    }

    public string Name { get; }

    /// <summary>The most common first.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>Latin first, which has half of all words. None has a q or an x.</summary>
    public static IReadOnlyList<Vocabulary> OfAllScripts() =>
        [
            new("Latin", 25_000, 4, "bcdfghjklmnprstvwzçñšžł", "aeiouyáàâäåèéêíîóôöøúûü"),
            new("Cyrillic", 2_800, 4, "бвгджзклмнпрстфхцчшщ", "аеёиоуыэюя"),
            new("Greek", 2_800, 4, "βγδζθκλμνξπρστφχψ", "αεηιουωάέήίόύώ"),
            new("Arabic", 2_800, 7, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
            new("Hebrew", 2_800, 7, "אבגדהוזחטיכלמנסעפצקרשת"),
            new("Devanagari", 2_800, 4, Every('\u0915', 1, 20), " " + Every('\u093e', 1, 6)),
            new("Thai", 2_800, 4, Every('\u0e01', 1, 40), " \u0e32" + Every('\u0e34', 1, 6), space: ""),
            new("Chinese", 2_800, 2, Every('\u4e00', 13, 1_500), space: ""),
            new("Japanese", 2_800, 4, Every('\u3042', 1, 80) + Every('\u4e00', 29, 400), space: ""),
            new("Korean", 2_800, 3, Every('\uac00', 29, 380)),
        ];

    /// <summary>So many words by chance, in sentences.</summary>
    public string Text(SeededRandom random, int count)
    {
        var text = new StringBuilder();
        for (var i = 1; i <= count; i++)
        {
            var at = Array.BinarySearch(shares, random.NextDouble() * shares[^1]);
            text.Append(words[at < 0 ? ~at : at]).Append(i % SentenceLength == 0 ? ". " : space);
        }

        return text.ToString().TrimEnd();
    }

    private static string Every(char first, int step, int count) =>
        new([.. Enumerable.Range(0, count).Select(i => (char)(first + (i * step)))]);
}
