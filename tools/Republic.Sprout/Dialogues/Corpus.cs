namespace Republic.Sprout.Dialogues;

/// <summary>All that dialogues are made of, read from the text files of the folder Corpus.</summary>
internal sealed class Corpus
{
    private readonly Dictionary<string, IReadOnlyList<Pattern>> patterns = new(StringComparer.Ordinal);

    public static Corpus Shared { get; } = new();

    public Corpus()
    {
        Lists = WordLists.Read("lists");
        Intents =
        [
            .. CorpusFile
                .Names.Where(name => name.StartsWith("intents-", StringComparison.Ordinal))
                .SelectMany(CorpusFile.Sections)
                .Select(Intent.Read),
        ];
        Manners = [.. CorpusFile.Sections("styles").Select(Manner.Read)];
        Canon = [.. Intents.SelectMany(intent => intent.Exact.Select(question => (intent, question)))];
        foreach (var file in (string[])["frames", "system", "noise", "unknown", "identity", "memory", "turns"])
        {
            foreach (var section in CorpusFile.Sections(file))
            {
                patterns.Add($"{file}.{section.Name}", section.Patterns());
            }
        }
    }

    public WordLists Lists { get; }

    public IReadOnlyList<Intent> Intents { get; }

    public IReadOnlyList<Manner> Manners { get; }

    /// <summary>The questions that are asked word for word.</summary>
    public IReadOnlyList<(Intent Intent, string Question)> Canon { get; }

    /// <param name="name">File and section: <c>frames.about</c>.</param>
    public IReadOnlyList<Pattern> this[string name] => patterns[name];
}
