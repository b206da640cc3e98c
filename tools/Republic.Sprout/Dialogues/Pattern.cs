using System.Text;

namespace Republic.Sprout.Dialogues;

/// <summary>
/// A line in which <c>(a|b|)</c> stands for one of its alternatives and <c>{name}</c> for a word (Corpus/README.md).
/// </summary>
internal sealed class Pattern
{
    private readonly List<object> parts = [];

    private Pattern() { }

    /// <exception cref="FormatException">A bracket is not closed, or closes nothing.</exception>
    public static Pattern Parse(string source)
    {
        var position = 0;
        var pattern = Sequence(source, ref position);
        return position == source.Length ? pattern : throw new FormatException($"\"{source}\" has a {source[position]} too many.");
    }

    /// <summary>One of the lines it stands for.</summary>
    public string Expand(WordChoice words)
    {
        var text = new StringBuilder();
        Write(text, words);
        return Tidy(text.ToString());
    }

    /// <summary>
    /// Whether it can stand for a text, both without spaces and punctuation. A name that <paramref name="words"/> gives nothing
    /// for stands for nothing.
    /// </summary>
    public bool Makes(string text, Func<string, IEnumerable<string>> words)
    {
        var bare = Bare(text);
        return Ends(bare, 0, words).Contains(bare.Length);
    }

    /// <summary>Every line it stands for.</summary>
    public IReadOnlyList<string> All(Func<string, IEnumerable<string>> words)
    {
        IEnumerable<string> lines = [""];
        foreach (var part in parts)
        {
            IReadOnlyList<string> next = part switch
            {
                string literal => [literal],
                Slot slot => [.. words(slot.Name)],
                Pattern[] choice => [.. choice.SelectMany(pattern => pattern.All(words))],
                _ => [],
            };
            lines = lines.SelectMany(line => next.Select(more => line + more));
        }

        return [.. lines];
    }

    /// <summary>The slots' names, once each.</summary>
    public IEnumerable<string> Slots() =>
        parts
            .SelectMany(part =>
                part switch
                {
                    Slot slot => [slot.Name],
                    Pattern[] choice => choice.SelectMany(pattern => pattern.Slots()),
                    _ => [],
                }
            )
            .Distinct();

    /// <summary>Lower case, letters and digits alone: what makes two questions the same.</summary>
    public static string Bare(string text) =>
        string.Concat(text.ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is '+' or '#'));

    private static Pattern Sequence(string source, ref int position)
    {
        var pattern = new Pattern();
        while (position < source.Length && source[position] is not ('|' or ')'))
        {
            pattern.parts.Add(
                source[position] switch
                {
                    '(' => Alternatives(source, ref position),
                    '{' => Named(source, ref position),
                    _ => Literal(source, ref position),
                }
            );
        }

        return pattern;
    }

    private static Pattern[] Alternatives(string source, ref int position)
    {
        List<Pattern> alternatives = [];
        do
        {
            position++;
            alternatives.Add(Sequence(source, ref position));
        } while (position < source.Length && source[position] == '|');

        if (position == source.Length)
        {
            throw new FormatException($"\"{source}\" lacks a closing bracket.");
        }

        position++;
        return [.. alternatives];
    }

    private static Slot Named(string source, ref int position)
    {
        var end = source.IndexOf('}', position);
        if (end < 0)
        {
            throw new FormatException($"\"{source}\" lacks a }}.");
        }

        var name = source[(position + 1)..end];
        position = end + 1;
        return new Slot(name);
    }

    private static string Literal(string source, ref int position)
    {
        var start = position;
        while (position < source.Length && source[position] is not ('|' or ')' or '(' or '{'))
        {
            position++;
        }

        return source[start..position];
    }

    private void Write(StringBuilder text, WordChoice words)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case string literal:
                    text.Append(literal);
                    break;
                case Slot slot:
                    text.Append(words[slot.Name]);
                    break;
                case Pattern[] choice:
                    choice[words.Random.Next(choice.Length)].Write(text, words);
                    break;
            }
        }
    }

    private IEnumerable<int> Ends(string text, int start, Func<string, IEnumerable<string>> words)
    {
        IEnumerable<int> ends = [start];
        foreach (var part in parts)
        {
            ends = ends.SelectMany(end =>
                    part switch
                    {
                        string literal => After(text, end, literal),
                        Slot slot => words(slot.Name).SelectMany(word => After(text, end, word)),
                        Pattern[] choice => choice.SelectMany(pattern => pattern.Ends(text, end, words)),
                        _ => [],
                    }
                )
                .ToHashSet();
        }

        return ends;
    }

    private static IEnumerable<int> After(string text, int start, string literal)
    {
        var bare = Bare(literal);
        return string.CompareOrdinal(text, start, bare, 0, bare.Length) == 0 ? [start + bare.Length] : [];
    }

    /// <summary>Empty alternatives leave spaces behind.</summary>
    private static string Tidy(string text)
    {
        while (text.Contains("  ", StringComparison.Ordinal))
        {
            text = text.Replace("  ", " ", StringComparison.Ordinal);
        }

        foreach (var mark in (string[])["?", ".", ",", "!"])
        {
            text = text.Replace($" {mark}", mark, StringComparison.Ordinal);
        }

        return text.Trim();
    }

    private sealed record Slot(string Name);
}
