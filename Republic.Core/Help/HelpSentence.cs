using System.Text.RegularExpressions;

namespace Republic.Core.Help;

/// <summary>A sentence of the page that is written for questions, or a row of its table of words.</summary>
/// <param name="IsMeaning">It is a row: a word, and what it means.</param>
/// <param name="Above">Words of the heading that it stands below.</param>
/// <param name="Before">Words of the sentence before it in the paragraph.</param>
internal sealed partial record HelpSentence(
    HelpSection Section,
    string Text,
    bool IsMeaning,
    IReadOnlySet<string> Above,
    IReadOnlySet<string> Before
)
{
    private const string SectionOfWords = "words";

    /// <summary>A lead of fewer words is too short to tell what the sentence is about.</summary>
    private const int ShortestLead = 4;

    private static readonly HashSet<string> None = [];

    public IReadOnlySet<string> Words { get; } = Set(HelpWords.Of(Text));

    /// <summary>Words that it is about: those up to the first comma or colon.</summary>
    public IReadOnlySet<string> Lead { get; } = LeadOf(Text, IsMeaning);

    /// <summary>The first two words.</summary>
    public IReadOnlySet<string> Begin { get; } = Set(HelpWords.Of(Text).Take(2));

    /// <summary>Says what to do: “To delete a chat, …”.</summary>
    public bool IsInstruction => Text.StartsWith("To ", StringComparison.Ordinal);

    public static IEnumerable<HelpSentence> Of(HelpSection section)
    {
        if (section.Anchor == SectionOfWords)
        {
            return section.Texts.Select(row => new HelpSentence(section, row, IsMeaning: true, None, None));
        }

        var above = Set(HelpWords.Of(section.Title));
        return section.Texts.SelectMany(text => Sentences(section, text, above));
    }

    private static IEnumerable<HelpSentence> Sentences(HelpSection section, string paragraph, HashSet<string> above)
    {
        IReadOnlySet<string> before = None;
        foreach (var text in End().Split(paragraph))
        {
            var sentence = new HelpSentence(section, text, IsMeaning: false, above, before);
            yield return sentence;
            before = sentence.Words;
        }
    }

    private static HashSet<string> LeadOf(string text, bool isMeaning)
    {
        var lead = HelpWords.Of(text.Split([',', ':', ';'], 2)[0]).ToList();
        return Set(isMeaning || lead.Count >= ShortestLead ? lead : HelpWords.Of(text).Take(ShortestLead));
    }

    private static HashSet<string> Set(IEnumerable<string> words) => words.ToHashSet(StringComparer.Ordinal);

    /// <summary>The space between a full stop, perhaps with a quotation mark or a bracket behind it, and a capital.</summary>
    [GeneratedRegex("(?<=[.!?][”\"’')]?) (?=[\\p{Lu}“\"(])", RegexOptions.None, 1000)]
    private static partial Regex End();
}
