using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Republic.Core.Help;

/// <summary>Tells a question about Republic from small talk, which help must not answer: it names something of Republic, and not whom it is put to.</summary>
internal static partial class HelpSubjects
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly FrozenSet<string> Subjects = Set(
        "Republic minion Sprout MiniLM dataset training train LoRA adapter trait knowledge collection passage citation memory chat feedback "
            + "key API provider model GGUF llama quantization embedding token temperature prompt context budget spending cost fallback "
            + "task tool scenario condition citizen capability version verdict gate schedule run XP analytics account password "
            + "session superuser audit invitation backup database PostgreSQL proxy settings "
            + "terminal download export import dark theme data branch rating"
    );

    /// <summary>Mean Republic in any question: “Is it encrypted?”</summary>
    private static readonly FrozenSet<string> OfQuestions = Set(
        "cost free licence license encrypt signout signup signin csv spreadsheet private privacy graphics website zoom scanned"
    );

    /// <summary>Mean Republic where somebody asks how or where, or what they can do: “How do I change your name?”</summary>
    private static readonly FrozenSet<string> OfDeeds = Set(
        "name picture document pdf upload page menu character personality answer message correct letter email script parameters hide "
            + "larger copy delete change limit speed stop undo address card remember teach old"
    );

    /// <summary>Mean Republic also where a minion is asked about itself: “Do you cite documents?”</summary>
    private static readonly FrozenSet<string> OfMinions = Set(
        "document pdf citation passage dataset version schedule collection task password upload csv scanned train api"
    );

    /// <param name="question">One or more lines; one of them is enough.</param>
    public static bool AreIn(string question) => question.Split('\n').Any(IsIn);

    /// <summary>The question behind “Could you tell me …”.</summary>
    public static string WithoutCourtesy(string question) => Courtesy().Replace(question.Trim(), "");

    private static bool IsIn(string line)
    {
        var asked = WithoutCourtesy(line);
        if (
            IsTold(asked)
            || Personal().IsMatch(asked)
            || Order().IsMatch(asked)
            || (Poetry().IsMatch(asked) && !HowOrWhere().IsMatch(asked))
        )
        {
            return false;
        }

        var words = HelpWords.Of(asked).ToList();
        return ToMinion().IsMatch(asked) || (You().IsMatch(asked) && !I().IsMatch(asked))
            ? words.Exists(OfMinions.Contains)
            : words.Exists(Subjects.Contains)
                || (
                    !Possession().IsMatch(asked)
                    && (
                        (Asking().IsMatch(asked) && words.Exists(OfQuestions.Contains))
                        || (Deed().IsMatch(asked) && words.Exists(OfDeeds.Contains))
                    )
                );
    }

    /// <summary>“My boss reads my chats” asks nothing; “I forgot my password” does.</summary>
    private static bool IsTold(string asked) => Telling().IsMatch(asked) && !Wish().IsMatch(asked);

    private static FrozenSet<string> Set(string words) => HelpWords.Of(words).ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(
        @"^(hello|hi|hey|please|and|so|ok|okay|[\s,!.])*((can|could|would|will) you( please)? (tell|explain|show|help|say|describe)( (to )?(me|us))?|do you know)\b",
        Options,
        1000
    )]
    private static partial Regex Courtesy();

    [GeneratedRegex(@"^\W*(i|im|my|he|she|they|it|we|you|the|there|this|that)\b", Options, 1000)]
    private static partial Regex Telling();

    [GeneratedRegex(@"\?|\b(how|where|want|would like|need|forgot|lost|can't|can’t|cannot)\b", Options, 1000)]
    private static partial Regex Wish();

    /// <summary>A person's own life, or the minion's: “What do I teach?”, “Do you like chats?”</summary>
    [GeneratedRegex(
        @"\bdo you (like|love|enjoy|hate|feel|think|dream|believe|prefer|want|miss)\b"
            + @"|\b(what|who|which|where)( \w+){0,2} (do|did|am|was) i\b"
            + @"(?! (need|have to|put|write|press|click|type|enter|upload|find|see|get|add|change|edit|set|go|do (to|if|with|when)))",
        Options,
        1000
    )]
    private static partial Regex Personal();

    [GeneratedRegex(@"^\W*(please\W+)?(remember|forget|don['’]?t forget|translate)\b", Options, 1000)]
    private static partial Regex Order();

    [GeneratedRegex(@"\b(poem|joke|story|song|haiku|limerick|riddle|essay|(email|letter) to)\b", Options, 1000)]
    private static partial Regex Poetry();

    [GeneratedRegex(@"\b(how|where)\b", Options, 1000)]
    private static partial Regex HowOrWhere();

    [GeneratedRegex(@"\bwhat(['’]?s| is| was| are| were) (my|his|her|their|our)\b", Options, 1000)]
    private static partial Regex Possession();

    [GeneratedRegex(@"\b(how|where|wheres|can|could|may|which|is|are|does|do|whats?)\b", Options, 1000)]
    private static partial Regex Asking();

    [GeneratedRegex(
        @"\b(how|where|wheres|(can|could|may|should|do) (i|we))\b"
            + @"|^\W*(can|could|does|do|will) (other|another|he|she|they|people|someone|somebody|any)",
        Options,
        1000
    )]
    private static partial Regex Deed();

    [GeneratedRegex(@"^\W*((and|so|but|ok|okay|then)\W+)*(can|could|will|would|do|did|are|have|shall|should) (you|u)\b", Options, 1000)]
    private static partial Regex ToMinion();

    [GeneratedRegex(@"\b(you|your|yours|yourself|u|ur)\b", Options, 1000)]
    private static partial Regex You();

    [GeneratedRegex(@"\b(i|my|me|we|our|us)\b", Options, 1000)]
    private static partial Regex I();
}
