using Republic.Core;

namespace Republic.Sprout.Dialogues;

/// <summary>The lists of words that patterns draw from.</summary>
internal sealed class WordLists(IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
{
    public static WordLists Read(string file) =>
        new(
            CorpusFile
                .Sections(file)
                .ToDictionary(
                    section => section.Name,
                    section =>
                        (IReadOnlyList<string>)
                            [.. section.Lines.SelectMany(line => line.Split(line.Contains(';') ? ';' : ' ')).Select(word => word.Trim())]
                )
        );

    public IReadOnlyList<string> this[string name] =>
        lists.TryGetValue(name, out var words) ? words : throw new FormatException($"There is no list of words called {name}.");

    public bool Has(string name) => lists.ContainsKey(name);

    public string Draw(string name, SeededRandom random)
    {
        var words = this[name];
        return words[random.Next(words.Count)];
    }
}
