using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Republic.Core.Answering.Intents;

/// <summary>
/// The parts of a message that may be meant: it whole, its last question, and it without what it only begins with. What people leave out
/// when they type fast is written out.
/// </summary>
internal static partial class MessageText
{
    /// <summary>Nothing that a small model learned is longer.</summary>
    public const int Longest = 300;

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int Patience = 1000;
    private const string Fillers =
        "(ha(ha)+|lol|h+m+|oh|ah|ok|okay|so|and|but|well|now|then|yeah|yes|no|wow|cool|great|good|fine|alright|all right|hey|hi|hello|thanks|thank you|sorry|by the way|btw|please)";

    private static readonly FrozenDictionary<string, string> WrittenOut = new Dictionary<string, string>
    {
        ["u"] = "you",
        ["r"] = "are",
        ["ur"] = "your",
        ["ya"] = "you",
        ["im"] = "I'm",
        ["ive"] = "I've",
        ["id"] = "I'd",
        ["thx"] = "thanks",
        ["ty"] = "thanks",
        ["pls"] = "please",
        ["plz"] = "please",
        ["dont"] = "don't",
        ["doesnt"] = "doesn't",
        ["didnt"] = "didn't",
        ["cant"] = "can't",
        ["wont"] = "won't",
        ["isnt"] = "isn't",
        ["youre"] = "you're",
        ["thats"] = "that's",
        ["whats"] = "what's",
        ["wheres"] = "where's",
        ["whos"] = "who's",
        ["hows"] = "how's",
        ["shes"] = "she's",
        ["hes"] = "he's",
        ["wanna"] = "want to",
        ["gonna"] = "going to",
        ["gotta"] = "have to",
        ["fav"] = "favourite",
        ["fave"] = "favourite",
        ["idk"] = "I don't know",
        ["cya"] = "see you",
        ["btw"] = "by the way",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    private const int FewestSentences = 2;
    private const int MostSentences = 4;

    /// <param name="name">Of the minion, which says nothing of what is meant; null where it is not known.</param>
    /// <returns>The message first; empty where it is longer than <see cref="Longest"/> or holds no letter.</returns>
    public static IReadOnlyList<string> Parts(string message, string? name)
    {
        if (message.Length > Longest || !message.Any(char.IsLetter))
        {
            return [];
        }

        var whole = Bare(Whole(message), name);

        var sentences = Ends().Split(whole).Where(sentence => sentence.Any(char.IsLetter)).ToList();
        var said = sentences.FindAll(sentence => !OnlyFiller().IsMatch(sentence));
        IEnumerable<string> meant =
            sentences.Count is < FewestSentences or > MostSentences ? []
            : said.Count == 1 ? said
            : sentences.FindLast(sentence => sentence.TrimEnd().EndsWith('?')) is { } question ? [question]
            : sentences;
        return [.. meant.Prepend(whole).Append(Filler().Replace(whole, "")).Where(part => part.Any(char.IsLetter)).Distinct()];
    }

    /// <summary>The message asks something, or asks for something.</summary>
    public static bool IsQuestion(string message) => Whole(message) is var whole && (whole.Contains('?') || Asks().IsMatch(whole));

    /// <summary>The number of words.</summary>
    public static int Words(string message) => Word().Count(message);

    /// <summary>Short forms written out, with single spaces.</summary>
    public static string Whole(string message) =>
        Word().Replace(Spaces().Replace(message, " ").Trim(), word => WrittenOut.GetValueOrDefault(word.Value, word.Value));

    private static string Bare(string text, string? name)
    {
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

    [GeneratedRegex(
        $@"^({Fillers}\b[\s,.!…:;-]*)*(who|what|when|where|why|how|which|whose|is|are|am|was|were|do|does|did|can|could|would|will|should|shall|may|might|must|has|had|tell|say|give|show|explain|write|make|list|recommend|suggest|translate|help|let|describe|define|convince|sing|play|draw|find|search|delete|remove|rename|change|open|repeat|remind|remember|forget|stop|start|any|another|more|again|try|name|introduce|identify|prove|kindly|capital|meaning|price|spell|count|compare|guess|choose|pick|compute|solve|answer|speak|talk|i (need|want|would like|wish|wonder)|i['’]d like)\b|\b(can|could|will|would|do|did|are|should) you\b|\b(can|should|do|could|may) i\b|\b(what|how) (is|are|does|do|did|about|much|many)\b",
        Options,
        Patience
    )]
    private static partial Regex Asks();

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+(?:['’][\p{L}\p{M}]+)*", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
