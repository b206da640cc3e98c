using System.Buffers;
using System.Text;

namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Names as whole words, whatever their case; the longest that stands at a place.</summary>
internal sealed class NameFinder
{
    private const int ShortestName = 2;
    private const int ShortestPart = 3;

    /// <summary>Words that stand in names, and everywhere else too.</summary>
    private static readonly HashSet<string> Particles = new(StringComparer.OrdinalIgnoreCase)
    {
        "and",
        "bin",
        "das",
        "dei",
        "del",
        "della",
        "den",
        "der",
        "des",
        "die",
        "dos",
        "ibn",
        "las",
        "los",
        "ten",
        "ter",
        "the",
        "und",
        "van",
        "vom",
        "von",
        "zum",
        "zur",
    };

    private readonly string[] longestFirst;
    private readonly SearchValues<string> any;

    public NameFinder(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        longestFirst = [.. names.SelectMany(NamesIn).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(name => name.Length)];
        any = SearchValues.Create(longestFirst, StringComparison.OrdinalIgnoreCase);
    }

    public void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOfAny(any) is >= 0 and var offset)
        {
            var start = at + offset;
            var length = LengthAt(text, start);
            if (length > 0)
                found.Add(new TextSpan(start, length));
            at = start + Math.Max(length, 1);
        }
    }

    private int LengthAt(ReadOnlySpan<char> text, int start)
    {
        if (CharacterClass.IsWordBefore(text, start))
            return 0;
        foreach (var name in longestFirst)
        {
            if (text[start..].StartsWith(name, StringComparison.OrdinalIgnoreCase) && !CharacterClass.IsWordAt(text, start + name.Length))
                return name.Length;
        }
        return 0;
    }

    /// <summary>The names to look for: the whole name, the parts between its blanks, and those between its hyphens.</summary>
    private static IEnumerable<string> NamesIn(string name)
    {
        var whole = FoldedText.Of(name).Characters.Trim().ToString();
        var parts = whole.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var pieces = parts
            .Concat(parts.SelectMany(part => part.Split('-', '.', ',')))
            .Select(part => part.Trim('(', ')', '"', '\'', ',', '.'))
            .Where(part => LettersIn(part) >= ShortestPart && !Particles.Contains(part));
        return LettersIn(whole) >= ShortestName ? pieces.Append(whole) : pieces;
    }

    private static int LettersIn(string text) => text.EnumerateRunes().Count(Rune.IsLetter);
}
