namespace Republic.Sprout.Dialogues;

/// <summary>What somebody may want to know, and how it is answered (Corpus/README.md).</summary>
/// <param name="Things">What <c>about</c> names.</param>
/// <param name="Deeds">What <c>do</c> names.</param>
/// <param name="Musts">Each is said by a right answer, in one of its forms.</param>
internal sealed record Intent(
    string Name,
    double Weight,
    IReadOnlyList<string> Exact,
    IReadOnlyList<Pattern> Questions,
    IReadOnlyList<Pattern> Things,
    IReadOnlyList<Pattern> Deeds,
    IReadOnlyList<string> Answers,
    IReadOnlyList<IReadOnlyList<string>> Musts
)
{
    public static Intent Read(CorpusSection section)
    {
        IEnumerable<string> Those(string word) =>
            section
                .Lines.Where(line => line.StartsWith($"{word} ", StringComparison.Ordinal))
                .Select(line => line[(word.Length + 1)..].Trim());
        IReadOnlyList<Pattern> Listed(string word) => [.. Those(word).SelectMany(line => line.Split(" ; ")).Select(Pattern.Parse)];
        var known = new[] { "exact", "ask", "about", "do", "say", "must", "weight" };
        var unknown = section.Lines.Find(line => !known.Contains(line.Split(' ')[0]));
        if (unknown is not null)
        {
            throw new FormatException($"{section.Name}: \"{unknown}\" begins with none of {string.Join(", ", known)}.");
        }

        return new Intent(
            section.Name,
            double.Parse(Those("weight").FirstOrDefault("1"), System.Globalization.CultureInfo.InvariantCulture),
            [.. Those("exact")],
            [.. Those("ask").Select(Pattern.Parse)],
            Listed("about"),
            Listed("do"),
            [.. Those("say")],
            [.. Those("must").SelectMany(line => line.Split(" & ")).Select(must => must.Split(" / "))]
        );
    }

    /// <summary>Whether an answer says what it must. Upper and lower case are one.</summary>
    public bool IsAnsweredBy(string answer) =>
        Musts.Count > 0 && Musts.All(forms => forms.Any(form => answer.Contains(form, StringComparison.OrdinalIgnoreCase)));
}
