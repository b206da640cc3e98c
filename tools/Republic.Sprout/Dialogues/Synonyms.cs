using System.Text.RegularExpressions;
using Republic.Core;

namespace Republic.Sprout.Dialogues;

/// <summary>Puts other words of the same meaning into a question.</summary>
internal sealed class Synonyms
{
    private const int Share = 18;
    private readonly Dictionary<string, string[]> others = new(StringComparer.OrdinalIgnoreCase);
    private readonly Regex known;

    public Synonyms()
    {
        foreach (
            var group in CorpusFile.Sections("synonyms").Single().Lines.Select(line => line.Split(';', StringSplitOptions.TrimEntries))
        )
        {
            foreach (var word in group)
            {
                others[word] = [.. others.GetValueOrDefault(word, []).Concat(group.Where(other => other != word)).Distinct()];
            }
        }

        // The longest first: "how can I" before "can I".
        var words = others.Keys.OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal).Select(Regex.Escape);
        known = new Regex(
            $@"\b({string.Join('|', words)})\b",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(10)
        );
    }

    public string In(string question, SeededRandom random) =>
        known.Replace(
            question,
            match =>
            {
                if (random.Next(100) >= Share)
                {
                    return match.Value;
                }

                var choice = others[match.Value];
                var word = choice[random.Next(choice.Length)];
                return char.IsUpper(match.Value[0]) && match.Index == 0 ? Invention.Capitalised(word) : word;
            }
        );
}
