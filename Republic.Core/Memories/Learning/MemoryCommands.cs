using System.Text.RegularExpressions;

namespace Republic.Core.Memories.Learning;

/// <summary>Messages about remembering itself that are neither to keep nor to forget one thing, in English and German. Each says nothing else.</summary>
internal static partial class MemoryCommands
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int Patience = 1000;
    private const int Longest = 300;
    private const string Before = @"^((please|ok|okay|no|so|well|and|hi|hello|bitte|nein|und|also|hallo),?\ )*";

    /// <summary>Any of them.</summary>
    public static bool IsIn(string message) =>
        AsksForAll(message) || ForgetsAll(message) || IsReminder(message) || NotToBeKept(message) is not null;

    /// <summary>“What do you remember about me?”</summary>
    public static bool AsksForAll(string message) => IsShort(message) && ForAll().IsMatch(message.Trim());

    /// <summary>“Forget everything about me.”</summary>
    public static bool ForgetsAll(string message) => IsShort(message) && ToForgetAll().IsMatch(message.Trim());

    /// <summary>“Remember to call mother.”: something to do, and nothing about the person.</summary>
    public static bool IsReminder(string message) => IsShort(message) && Reminder().IsMatch(message.Trim());

    /// <returns>What is not to be remembered, empty where it is not named; null where the message is something else.</returns>
    public static string? NotToBeKept(string message) =>
        IsShort(message) && NotToKeep().Match(message.Trim()) is { Success: true } order ? order.Groups["what"].Value : null;

    private static bool IsShort(string message) => message.Length <= Longest;

    [GeneratedRegex(
        Before
            + """
                (
                  (what|what\ (all|else)|which\ things)\ (do|did|can|have|had)\ you\ ((still|already|actually)\ )?(know|remember|remembered|learn|learned|learnt|keep|kept|store|stored)\ (about|of)\ me
                  |do\ you\ (know|remember)\ (anything|something|things)\ (about|of)\ me
                  |(tell\ me|list|say|show\ me)\ (what|everything|everything\ that|all|all\ that)\ you\ (know|remember|have\ learned|have\ remembered)\ (about|of)\ me
                  |(what\ are\ your|list\ your|list\ all\ your|show\ me\ your)\ memories\ (about|of)\ me
                  |was\ (alles\ )?weißt\ du\ (alles\ |noch\ |schon\ )?(über\ mich|von\ mir)|was\ (alles\ )?hast\ du\ dir\ (alles\ )?((über\ mich|von\ mir)\ )?gemerkt
                  |(sag\ mir|sage\ mir|erzähl\ mir|erzähle\ mir),?\ was\ du\ (alles\ |noch\ )?(über\ mich|von\ mir)\ weißt|weißt\ du\ etwas\ (über\ mich|von\ mir)
                )(\ (so\ far|now|already|right\ now|bisher|schon|eigentlich))?(,?\ (please|bitte))?\s*[.?!]*$
                """,
        Options | RegexOptions.IgnorePatternWhitespace,
        Patience
    )]
    private static partial Regex ForAll();

    [GeneratedRegex(
        Before
            + """
                ((can|could)\ you\ (please\ )?)?(
                  (forget|delete|erase)\ ((please|about)\ )?(me|(all|everything)(\ of\ it)?(\ (that\ )?(you\ )?(know|remember|remembered|have\ learned|have\ kept))?(\ (about|of)\ me)?|(all\ )?(of\ )?(your|the|my)\ memories(\ (about|of)\ me)?)
                  |(vergiss|lösche)\ (bitte\ )?(mich|alles(,?\ was\ du\ (alles\ )?(über\ mich|von\ mir)\ (weißt|gespeichert\ hast)|,?\ was\ du\ dir\ gemerkt\ hast|\ (über\ mich|von\ mir))?)
                )(,?\ (please|bitte))?\s*[.?!]*$
                """,
        Options | RegexOptions.IgnorePatternWhitespace,
        Patience
    )]
    private static partial Regex ToForgetAll();

    [GeneratedRegex(
        Before
            + $@"((remember|(do\ not|don['’]t)\ forget|remind\ me)\ to\ {Abbreviation.Within}+|(erinnere?\ mich(\ bitte)?(\ daran)?|denk(\ bitte)?\ daran|vergiss\ nicht),?\ {Abbreviation.Within}*\bzu\ \w+)[.!]*$",
        Options | RegexOptions.IgnorePatternWhitespace,
        Patience
    )]
    private static partial Regex Reminder();

    [GeneratedRegex(
        Before
            + $@"((do\ not|don['’]t|never)\ (remember|memori[sz]e|keep\ in\ mind)|merke?\ dir(\ bitte)?\ nicht)(,?\ (that|da(ss|ß)|:)\ ?(?<what>{Abbreviation.Within}{{4,}})|:\ ?(?<what>{Abbreviation.Within}{{4,}})|\ (?<what>(i|i['’]m|my|we|our)\ {Abbreviation.Within}{{2,}})|\ (that|this|it|anything|any\ of\ (that|this|it)))?(,?\ (please|bitte))?[.!]*$",
        Options | RegexOptions.IgnorePatternWhitespace,
        Patience
    )]
    private static partial Regex NotToKeep();
}
