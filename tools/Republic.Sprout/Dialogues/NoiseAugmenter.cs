using Republic.Core;

namespace Republic.Sprout.Dialogues;

/// <summary>What people do to a question: other words, words around it, words left out, small letters, slips of the keyboard.</summary>
internal sealed class NoiseAugmenter(Corpus corpus)
{
    private static readonly HashSet<string> Small =
    [
        .. "a an the is are do does i you to of my your in on for me it this that can could would should will what how please and with at be".Split(
            ' '
        ),
    ];

    private readonly Synonyms synonyms = new();

    public string Around(string question, string name, SeededRandom random)
    {
        var text = random.Next(100) < 60 ? synonyms.In(question, random) : question;
        text = random.Next(100) switch
        {
            < 12 => Reworded(text, random),
            < 20 => Telegram(text, random),
            _ => text,
        };

        var words = new WordChoice(random, corpus.Lists).With("name", name);
        if (random.Next(100) < 16)
        {
            var first = Drawn("noise.before", random).Expand(words);
            text = first[^1] is '.' or '!' or '?' || random.Next(2) == 0 ? $"{first} {text}" : $"{first} {Lowered(text)}";
        }

        if (random.Next(100) < 10)
        {
            var last = Drawn("noise.after", random).Expand(words);
            text =
                char.IsLetter(last[0]) && char.IsUpper(last[0])
                    ? $"{text} {last}"
                    : text.TrimEnd('.', '?', '!') + (char.IsLetter(last[0]) ? " " : "") + last;
        }

        return Typed(text, random);
    }

    /// <summary>Punctuation, case and single letters.</summary>
    private static string Typed(string text, SeededRandom random)
    {
        text = random.Next(100) switch
        {
            < 14 => text.TrimEnd('.', '?', '!'),
            < 20 => text.ToLowerInvariant(),
            < 26 => text.ToLowerInvariant().TrimEnd('.', '?', '!'),
            < 27 => text.ToUpperInvariant(),
            _ => text,
        };
        if (random.Next(100) >= 6 || text.Length < 10)
        {
            return text;
        }

        var at = random.Next(text.Length - 4) + 2;
        return !char.IsLetter(text[at]) || !char.IsLetter(text[at + 1]) ? text
            : random.Next(2) == 0 ? $"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}"
            : text.Remove(at, 1);
    }

    /// <summary>A word too many, or one too few.</summary>
    private string Reworded(string text, SeededRandom random)
    {
        var words = text.Split(' ').ToList();
        if (words.Count > 4 && random.Next(2) == 0)
        {
            words.RemoveAt(random.Next(words.Count - 1));
        }

        if (random.Next(3) > 0)
        {
            words.Insert(random.Next(words.Count) + 1, corpus.Lists.Draw("filler", random));
        }

        return string.Join(' ', words);
    }

    /// <summary>Some of the small words left out: what is meant stands in the others.</summary>
    private static string Telegram(string text, SeededRandom random)
    {
        var words = text.Split(' ').Where(word => !Small.Contains(word.ToLowerInvariant()) || random.Next(100) < 55).ToList();
        return words.Count < 2 ? text : string.Join(' ', words);
    }

    private static string Lowered(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private Pattern Drawn(string name, SeededRandom random) => corpus[name][random.Next(corpus[name].Count)];
}
