namespace Republic.Core.Help;

/// <summary>Finds sections of help by the words of a question. The index is made with the first question, and kept.</summary>
public static class HelpSearch
{
    public const int MostHits = 20;
    public const int LongestQuestion = 200;

    // A text is about a word that it begins with, and about one that it holds and that stands over it.
    private const double InText = 0.45;
    private const double AtItsBegin = 0.2;
    private const double InHeading = 0.2;
    private const double InTitle = 0.15;

    // The first page was written for questions, those on the inside for few.
    private const double FirstPage = 1.25;
    private const double InsidePage = 0.75;

    /// <summary>The least fit of a hit, as a share of the best: what fits less is about something else.</summary>
    private const double LeastOfBest = 0.6;

    private static readonly Lazy<IReadOnlyList<Entry>> Entries = new(Read);

    /// <summary>The number of texts that hold each word.</summary>
    private static readonly Lazy<IReadOnlyDictionary<string, int>> Holders = new(() =>
        Entries.Value.SelectMany(entry => entry.Words).CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal)
    );

    /// <summary>The best first, one text of a section.</summary>
    public static IReadOnlyList<HelpSearchResult> Find(string question)
    {
        var asked = HelpWords.Of(question).ToHashSet(StringComparer.Ordinal);
        var weights = asked.ToDictionary(word => word, Weight, StringComparer.Ordinal);
        var found = Entries
            .Value.Select(entry => (Entry: entry, Fit: weights.Sum(word => word.Value * entry.Fit(word.Key)) * Factor(entry)))
            .Where(hit => hit.Fit > 0)
            .OrderByDescending(hit => hit.Fit)
            .ToList();
        return
        [
            .. found
                .Where(hit => hit.Fit >= found[0].Fit * LeastOfBest)
                .DistinctBy(hit => hit.Entry.Section)
                .Take(MostHits)
                .Select(hit => new HelpSearchResult(hit.Entry.Section, hit.Entry.Text, [.. HelpWords.Stretches(hit.Entry.Text, asked)])),
        ];
    }

    private static double Factor(Entry entry) =>
        entry.Section.Page == HelpPages.FirstSteps ? FirstPage
        : entry.Section.Page.Group == HelpPages.Inside ? InsidePage
        : 1;

    /// <summary>Rare words tell more, and one that stands nowhere as much as the rarest.</summary>
    private static double Weight(string word) => Math.Log(1 + (Entries.Value.Count / (double)Holders.Value.GetValueOrDefault(word, 1)));

    private static IReadOnlyList<Entry> Read() =>
        [
            .. from page in HelpPages.All
            let title = HelpWords.Of(page.Title).ToHashSet(StringComparer.Ordinal)
            from section in page.Sections
            let heading = HelpWords.Of(section.Title).ToHashSet(StringComparer.Ordinal)
            from text in section.Texts
            let words = HelpWords.Of(text).ToList()
            select new Entry(section, text, words.FirstOrDefault(), words.ToHashSet(StringComparer.Ordinal), heading, title),
        ];

    private sealed record Entry(
        HelpSection Section,
        string Text,
        string? Begin,
        IReadOnlySet<string> Words,
        IReadOnlySet<string> Heading,
        IReadOnlySet<string> Title
    )
    {
        public double Fit(string word) =>
            (Words.Contains(word) ? InText : 0)
            + (Begin == word ? AtItsBegin : 0)
            + (Heading.Contains(word) ? InHeading : 0)
            + (Title.Contains(word) ? InTitle : 0);
    }
}
