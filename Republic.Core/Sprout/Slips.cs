using Republic.Core.Lora;

namespace Republic.Core.Sprout;

/// <summary>What people do to a question: words around it, words left out, small letters, slips of the keyboard.</summary>
internal sealed class Slips(Corpus corpus)
{
    public string Around(string question, string name, SeededRandom random)
    {
        var text = question;
        if (random.Next(100) < 16)
        {
            text = Reworded(text, random);
        }

        var words = new WordChoice(random, corpus.Lists).With("name", name);
        if (random.Next(100) < 16)
        {
            var first = Drawn("noise.before", random).Expand(words);
            text = first[^1] is '.' or '!' or '?' || random.Next(2) == 0 ? $"{first} {text}" : $"{first} {Small(text)}";
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

    private static string Small(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private Pattern Drawn(string name, SeededRandom random) => corpus[name][random.Next(corpus[name].Count)];
}
