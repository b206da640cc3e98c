using Republic.Core.Datasets.Splitting;

namespace Republic.Core.Training.Prompts;

/// <summary>
/// The questions that tell whether a model keeps what it could do. Those of <see cref="Measured"/> are never learned, and what is asked
/// for replay has other words than they have.
/// </summary>
internal sealed record ReferencePrompts(IReadOnlyList<(string Kind, string Question)> Measured, IReadOnlyList<string> Replayed)
{
    public const string General = "general";
    public const string Domain = "domain";
    public const string Chats = "chats";

    /// <summary>Of the random numbers.</summary>
    private const long Purpose = 0x7172;

    private static readonly Lazy<PromptSections> Everyday = new(() => Read("general.txt"));
    private static readonly Lazy<PromptSections> BuiltIn = new(() => Read("built-in.txt"));

    /// <summary>
    /// Sets of questions to measure with, of which no two have a question in common: the usual one, and two of those that are else replayed.
    /// What a run measured with is replayed by one with another set.
    /// </summary>
    public const int Sets = 3;

    /// <param name="isBuiltIn">Its domain is known: it was made for questions about Republic.</param>
    /// <param name="chats">What the minion's own person asked it lately; measured with, and never replayed.</param>
    /// <param name="set">Which of the <see cref="Sets"/>, and from there on from the first.</param>
    public static ReferencePrompts For(bool isBuiltIn, IReadOnlyList<string> chats, int set = 0)
    {
        var domain = (isBuiltIn ? BuiltIn.Value : new PromptSections([], [], [], [])).Of(set % Sets);
        var everyday = Everyday.Value.Of(set % Sets);
        List<(string Kind, string Question)> measured =
        [
            .. domain.Measure.Select(question => (Domain, question)),
            .. everyday.Measure.Except(domain.Unanswered).Select(question => (General, question)),
        ];
        // The everyday ones come once more behind what is replayed further, so that their share stays.
        IReadOnlyList<string> replayed =
        [
            .. domain.Replay,
            .. everyday.Replay,
            .. domain.Further,
            .. domain.Further.Count > 0 ? everyday.Replay : [],
        ];
        replayed = set % Sets == 0 ? replayed : Unlike(measured.ConvertAll(prompt => prompt.Question), replayed);
        var words = replayed.Select(WordsOf).ToHashSet();
        return new(
            [
                .. chats
                    .Where(question => !words.Contains(WordsOf(question)))
                    .Select(question => (Chats, question))
                    .Concat(measured)
                    .DistinctBy(prompt => prompt.Item2, StringComparer.OrdinalIgnoreCase),
            ],
            replayed
        );
    }

    /// <summary>Leaves out of <see cref="Measured"/> what the rows teach: an answer that was changed on purpose is no answer lost.</summary>
    /// <param name="learned">Questions of rows that are learned from.</param>
    public ReferencePrompts Without(IEnumerable<string> learned)
    {
        var left = Measured.Select(prompt => WordsOf(prompt.Question)).ToHashSet();
        left.ExceptWith(learned.Select(WordsOf));
        return this with { Measured = [.. Measured.Where(prompt => left.Contains(WordsOf(prompt.Question)))] };
    }

    /// <summary>In an order of chance, since a measurement may end before all were asked: those of chats first, as they are the minion's own.</summary>
    public ReferencePrompts Shuffled(long seed)
    {
        var others = Measured.Where(prompt => prompt.Kind != Chats).ToArray();
        SeededRandom.For(seed, Purpose).Shuffle(others.AsSpan());
        return this with { Measured = [.. Measured.Where(prompt => prompt.Kind == Chats), .. others] };
    }

    /// <summary>Measures with fewer questions: those of chats, and of the others some from everywhere in the list. 0 leaves all.</summary>
    public ReferencePrompts AtMost(int most)
    {
        if (most <= 0 || Measured.Count <= most)
        {
            return this;
        }

        var others = Measured.Where(prompt => prompt.Kind != Chats).ToList();
        var chats = Measured.Where(prompt => prompt.Kind == Chats).Take(most).ToList();
        var left = most - chats.Count;
        return this with { Measured = [.. chats, .. Enumerable.Range(0, left).Select(i => others[(int)((long)i * others.Count / left)])] };
    }

    /// <summary>Leaves out what is asked in nearly the words of a question that is measured with. The usual set has nothing of that kind.</summary>
    internal static IReadOnlyList<string> Unlike(IReadOnlyList<string> measured, IReadOnlyList<string> replayed)
    {
        // Each answer is its own, so that questions alone bind rows together.
        var clusters = RowClusters.Find([.. measured.Concat(replayed).Select((question, i) => (question, $"answer{i} {i * 7919}"))]).Of;
        var taken = clusters.Take(measured.Count).ToHashSet();
        return [.. replayed.Where((_, i) => !taken.Contains(clusters[measured.Count + i]))];
    }

    /// <summary>Reduces a question to its letters and digits, so that spelling and punctuation make no difference.</summary>
    private static string WordsOf(string question) => string.Concat(question.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Sections that begin with "== measure" and so on, with a question on each line; lines with # are notes.</summary>
    private static PromptSections Read(string resource)
    {
        using var stream =
            typeof(ReferencePrompts).Assembly.GetManifestResourceStream($"prompts/{resource}")
            ?? throw new InvalidOperationException($"The resource {resource} is missing.");
        using var reader = new StreamReader(stream);
        var sections = reader
            .ReadToEnd()
            .Split("== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(section => section.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToDictionary(lines => lines[0], lines => (IReadOnlyList<string>)[.. lines.Skip(1).Where(line => line[0] != '#')]);
        return new PromptSections(
            sections["measure"],
            sections["replay"],
            sections.GetValueOrDefault("unanswered", []),
            sections.GetValueOrDefault("replay further", [])
        );
    }

    /// <param name="Unanswered">Everyday questions that the base answers beside the point: nothing that it could forget.</param>
    /// <param name="Further">Replayed in any set, and measured with in none.</param>
    private sealed record PromptSections(
        IReadOnlyList<string> Measure,
        IReadOnlyList<string> Replay,
        IReadOnlyList<string> Unanswered,
        IReadOnlyList<string> Further
    )
    {
        /// <summary>Measures with as many of those that are replayed as there are to measure with, from everywhere in their list.</summary>
        /// <param name="set">0 for the sections as they are.</param>
        public PromptSections Of(int set)
        {
            if (set == 0)
            {
                return this;
            }

            var step = Math.Max(Sets - 1, Replay.Count / Math.Max(1, Measure.Count));
            var measured = Replay.Where((_, i) => i % step == set - 1).Take(Measure.Count).ToHashSet();
            return this with
            {
                Measure = [.. Replay.Where(measured.Contains)],
                Replay = [.. Measure, .. Replay.Where(prompt => !measured.Contains(prompt))],
            };
        }
    }
}
