using System.Text.RegularExpressions;

namespace Republic.Core.Help;

/// <summary>A question that may be about Republic.</summary>
internal sealed partial class HelpQuestion
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string Minion = "minion";
    private const string Account = "account";

    /// <param name="text">The question in its last line; one that it leans on may stand before.</param>
    public HelpQuestion(string text)
    {
        var lines = text.Split('\n');
        var bare = HelpSubjects.WithoutCourtesy(lines[^1]);
        Last = HelpWords.Of(lines[^1]).ToHashSet(StringComparer.Ordinal);
        Words = HelpWords.Of(text).ToHashSet(StringComparer.Ordinal);
        Term = Defining().IsMatch(bare) && !Possessive().IsMatch(bare) ? HelpWords.Of(bare).ToHashSet(StringComparer.Ordinal) : null;
        Leans = lines.Length > 1;
        AsksHow = How().IsMatch(lines[^1]);
        AsksWhere = Where().IsMatch(lines[^1]);
        // “How do I change your name?” is put to a minion.
        if (You().IsMatch(text))
        {
            Words.Add(Minion);
        }

        if (My().IsMatch(lines[^1]))
        {
            Words.Add(Account);
        }
    }

    public HashSet<string> Words { get; }

    /// <summary>Words of the last line: an answer has one of them.</summary>
    public IReadOnlySet<string> Last { get; }

    /// <summary>Words to be defined, “What is a minion?”; null where it is another question.</summary>
    public IReadOnlySet<string>? Term { get; }

    public bool Leans { get; }

    public bool AsksHow { get; }

    public bool AsksWhere { get; }

    [GeneratedRegex(@"\bwhat['’]?s\b|\bwhat\b.*\b(is|are|be|does)\b|\b(explain|define|meaning)\b", Options, 1000)]
    private static partial Regex Defining();

    [GeneratedRegex(@"\b(you|your|my|our|his|her|their)\b", Options, 1000)]
    private static partial Regex Possessive();

    [GeneratedRegex(@"\b(how (do|can|could|would|should|to|may|must)|can i|may i)\b|\bhow$", Options, 1000)]
    private static partial Regex How();

    [GeneratedRegex(@"\bwhere", Options, 1000)]
    private static partial Regex Where();

    [GeneratedRegex(@"\bmy (own )?(name|e-?mail)\b", Options, 1000)]
    private static partial Regex My();

    [GeneratedRegex(@"\b(you|your|yours|yourself|u|ur)\b", Options, 1000)]
    private static partial Regex You();
}
