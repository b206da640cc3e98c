using System.Text;
using Republic.Core;

namespace Republic.Sprout.Dialogues;

/// <summary>Makes names in the letters of one script (Corpus/README.md): their bytes can only be copied, never guessed.</summary>
internal sealed class Alphabet
{
    private readonly int fewest;
    private readonly int most;
    private readonly List<string[]> syllable = [];
    private readonly string[] endings = [];

    private Alphabet(CorpusSection section)
    {
        var counts = section.Lines[0].Split(' ');
        (fewest, most) = (Number(counts[0]), Number(counts[1]));
        foreach (var line in section.Lines.Skip(1))
        {
            if (line.StartsWith("= ", StringComparison.Ordinal))
            {
                endings = line[2..].Split(' ');
            }
            else
            {
                syllable.Add([.. line.Split(' ').SelectMany(Letters)]);
            }
        }

        Name = section.Name;
    }

    public string Name { get; }

    public static IReadOnlyList<Alphabet> All { get; } = [.. CorpusFile.Sections("alphabets").Select(section => new Alphabet(section))];

    public string Draw(SeededRandom random)
    {
        var name = new StringBuilder();
        for (var left = random.Next(most - fewest + 1) + fewest; left > 0; left--)
        {
            foreach (var letters in syllable)
            {
                name.Append(letters[random.Next(letters.Length)]);
            }
        }

        if (endings.Length > 0 && random.Next(2) == 0)
        {
            name.Append(endings[random.Next(endings.Length)]);
        }

        return Invention.Capitalised(name.ToString());
    }

    /// <summary>A letter, or all of a range: <c>가..힣</c>.</summary>
    private static IEnumerable<string> Letters(string part) =>
        part.IndexOf("..", StringComparison.Ordinal) is var dots and > 0
            ? Enumerable.Range(part[0], part[dots + 2] - part[0] + 1).Select(letter => ((char)letter).ToString())
            : [part];

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
