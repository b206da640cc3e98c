using System.Text.RegularExpressions;

namespace Republic.Core.Answering.Intents;

/// <summary>The parts of a message that may be meant: it whole, its last question, and it without what it only begins with.</summary>
internal static partial class MessageText
{
    /// <summary>Nothing that a small model learned is longer.</summary>
    public const int Longest = 300;

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int Patience = 1000;
    private const string Fillers =
        "(ha(ha)+|lol|h+m+|oh|ah|ok|okay|so|and|but|well|now|yeah|yes|no|wow|cool|great|good|fine|alright|all right|hey|hi|hello|thanks|thank you|sorry)";
    private const int FewestSentences = 2;
    private const int MostSentences = 4;

    /// <param name="name">Of the minion, which says nothing of what is meant; null where it is not known.</param>
    /// <returns>The message first; empty where it is longer than <see cref="Longest"/> or holds no letter.</returns>
    public static IReadOnlyList<string> Parts(string message, string? name)
    {
        var whole = Bare(message, name);
        if (message.Length > Longest || !whole.Any(char.IsLetter))
        {
            return [];
        }

        var sentences = Ends().Split(whole).Where(sentence => sentence.Any(char.IsLetter)).ToList();
        var said = sentences.FindAll(sentence => !OnlyFiller().IsMatch(sentence));
        IEnumerable<string> meant =
            sentences.Count is < FewestSentences or > MostSentences ? []
            : said.Count == 1 ? said
            : sentences.FindLast(sentence => sentence.TrimEnd().EndsWith('?')) is { } question ? [question]
            : sentences;
        return [.. meant.Prepend(whole).Append(Filler().Replace(whole, "")).Where(part => part.Any(char.IsLetter)).Distinct()];
    }

    private static string Bare(string message, string? name)
    {
        var text = Spaces().Replace(message, " ").Trim();
        if (name is null)
        {
            return text;
        }

        var bare = Regex
            .Replace(text, $@"[,\s]*(?<!\w){Regex.Escape(name)}(?!\w)", "", Options, TimeSpan.FromMilliseconds(Patience))
            .Trim(' ', ',');
        return bare.Any(char.IsLetter) ? bare : text;
    }

    [GeneratedRegex(@"(?<=[.!?])\s+", Options, Patience)]
    private static partial Regex Ends();

    [GeneratedRegex($@"^({Fillers}\b[\s,.!…:;-]*)+(?=\w+\s+\w)", Options, Patience)]
    private static partial Regex Filler();

    [GeneratedRegex($@"^({Fillers}\b[\s,.!…:;?-]*)+$", Options, Patience)]
    private static partial Regex OnlyFiller();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
