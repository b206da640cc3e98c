using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Republic.Core.Help;

/// <summary>Tells a question about Republic from small talk, which help must not answer: it names something of Republic, and not whom it is put to.</summary>
internal static partial class HelpSubjects
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly FrozenSet<string> Subjects = HelpWords
        .Of(
            "Republic minion Sprout MiniLM dataset training train LoRA adapter trait knowledge collection passage citation memory chat feedback "
                + "key API provider model GGUF llama quantization embedding token temperature prompt context budget spending cost price fallback "
                + "task scenario condition citizen capability version verdict gate schedule run XP analytics account password "
                + "session superuser administrator administration audit invitation invite backup database PostgreSQL proxy settings "
                + "terminal download export import dark theme data"
        )
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool AreIn(string question)
    {
        var asked = Courtesy().Replace(question.Trim(), "");
        return HelpWords.Of(asked).Any(Subjects.Contains) && (!You().IsMatch(asked) || I().IsMatch(asked));
    }

    [GeneratedRegex(
        @"^(hello|hi|hey|please|and|so|ok|okay|[\s,!.])*((can|could|would|will) you( please)? (tell|explain|show|help|say|describe)( (to )?(me|us))?|do you know)\b",
        Options,
        1000
    )]
    private static partial Regex Courtesy();

    [GeneratedRegex(@"\b(you|your|yours|yourself)\b", Options, 1000)]
    private static partial Regex You();

    [GeneratedRegex(@"\b(i|my|me|we|our|us)\b", Options, 1000)]
    private static partial Regex I();
}
