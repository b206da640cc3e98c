using System.Text.RegularExpressions;

namespace Republic.Core.Memories.Learning;

/// <summary>
/// Finds, by rules and without a model, what a person says of themselves and may want to be remembered: sentences in the first person of a
/// few kinds, in English and German. What is asked to be remembered is found whatever it says.
/// </summary>
internal static partial class FactExtractor
{
    private const int LongestSentence = 200;
    private const int MostOfOneMessage = 3;
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int Patience = 1000;
    private const string RememberIt =
        "(remember (that|this|it)|keep (that|this|it) in mind|(do not|don['’]t) forget (that|this|it)|merk dir das|denk daran|vergiss das nicht)( (please|bitte))?";

    /// <param name="IsAsked">The person said to remember it; else it is only proposed.</param>
    public sealed record Found(string Content, bool IsAsked);

    public static IReadOnlyList<Found> In(string message)
    {
        var found = new List<Found>();
        // What is quoted or pasted as code is not said.
        foreach (var sentence in Parts(Quoted().Replace(Code().Replace(message, "\n"), "\n")))
        {
            if (sentence.Length is < 6 or > LongestSentence || sentence.EndsWith('?'))
            {
                continue;
            }

            var asked = Asked().Match(sentence) is { Success: true } before ? before : AskedBehind().Match(sentence);
            if (asked.Success && asked.Groups["fact"].Value.Any(char.IsLetterOrDigit))
            {
                var fact = asked.Groups["fact"].Value;
                found.Add(new Found(Whole(asked.Groups["dass"].Success ? SubordinateClause.AsMainClause(fact) : fact), IsAsked: true));
            }
            else if (Told().IsMatch(sentence))
            {
                found.Add(new Found(Whole(sentence), IsAsked: false));
            }

            if (found.Count == MostOfOneMessage)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The message orders something to be remembered, and asks for nothing else.</summary>
    public static bool IsOrder(string message) => IsAllOf(message) && In(message).Any(found => found.IsAsked);

    /// <summary>The message tells something, or has something remembered, and asks for nothing.</summary>
    public static bool IsAllOf(string message)
    {
        var found = In(message).Count;
        return found > 0
            && !message.Contains('?')
            && Parts(message).Count(sentence => sentence.Length is >= 6 and <= LongestSentence) <= found;
    }

    /// <summary>“I live in Oslo. Do not remember that.”</summary>
    public static bool IsNotToBeKept(string message) => Parts(message).Any(sentence => MemoryCommands.NotToBeKept(sentence) is not null);

    /// <summary>Its sentences, without what they only begin with.</summary>
    public static IEnumerable<string> Parts(string message) =>
        Sentences().Split(OfBefore().Replace(message, ", remember that")).Select(part => Beginning().Replace(part.Trim(), ""));

    private static string Whole(string sentence)
    {
        var text = sentence.Trim().TrimEnd('.', '!', ',', ';', ':').Trim();
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }

    [GeneratedRegex("```.*?(```|$)|`[^`\n]*`", Options | RegexOptions.Singleline, Patience)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\s*>.*$", Options | RegexOptions.Multiline, Patience)]
    private static partial Regex Quoted();

    [GeneratedRegex($@"(?<=[.!?])(?!{Abbreviation.Passed})\s+|[\r\n]+", Options | RegexOptions.IgnorePatternWhitespace, Patience)]
    private static partial Regex Sentences();

    [GeneratedRegex(
        @"^((please|bitte) )?((remember|keep in mind|do not forget|don['’]t forget|note)(,? that |: ?| (?=(i|my|we|our)\b))|(merke? dir|denk daran|vergiss nicht)( bitte)?(,? da(ss|ß) (?<dass>)|: ?|, ))(?<fact>.{4,})$",
        Options,
        Patience
    )]
    private static partial Regex Asked();

    [GeneratedRegex($@"^(?<fact>.{{4,}}?)\s*[,;:–—]\s*((and|so|und|please|bitte) )*{RememberIt}[.!]*$", Options, Patience)]
    private static partial Regex AskedBehind();

    // “I live in Oslo. Remember that.” is one thing said in two sentences.
    [GeneratedRegex($@"(?<=\w)[.!]\s+(please |bitte )?{RememberIt}(?=[.!]*\s*$)", Options, Patience)]
    private static partial Regex OfBefore();

    [GeneratedRegex(
        @"^((actually|by the way|btw|übrigens|eigentlich|(ok|okay|well) then|oh and|and also),? |(well|oh|so|also|and|no|ok|okay|ach|na|nein|und), )+",
        Options,
        Patience
    )]
    private static partial Regex Beginning();

    [GeneratedRegex(
        """
            ^(
              my\ name\ is\ |call\ me\ |i['’]?\ ?a?m\ (called|from|based|allergic|vegetarian|vegan|married|left-handed|colou?r-blind|learning|(a|an)\ (?!bit|little|lot))
              |i['’]?\ ?a?m\ (?!(ok|okay|fine|good|sorry|sure|back|done|here|ready|not|so|very|just|still)\b)(?-i:\p{Lu}\p{Ll}+)\b
              |i\ (teach|repair|fix|sell|bake|farm|translate|design|paint|coach)\ \w|i\ (run|own|drive|manage)\ (a|an|my|our)\ |i['’]?\ ?a?m\ \d{1,3}\b|i\ (live|work|study|was\ born|come\ from|grew\ up)\ |i\ (really\ )?(prefer|love|hate|dislike|cannot\ stand|can['’]t\ stand)\ (?!to\ know|it\b|that\b|this\b|if\b)
              |i(['’]ve|\ have)?(\ (actually|also|now|just|really|recently|finally|already|once))*\ (moved\ (to|from|in|out)\b|got\ (married|divorced|engaged)|retired\b|turned\ \d|grew\ up|became\ an?\ |adopted\ an?\ )
              |i\ (do\ not|don['’]t)\ (eat|drink|speak|like)\ (?!it\b|that\b|this\b)|i\ (always|never|usually|speak)\ |i\ have\ (a|an|two|three|four|\d+)\ (dog|cat|son|daughter|child|children|kid|kids|brother|sister|horse)
              |(my|our)\ (favou?rite\ \w+|wife|husband|partner|dog|cat|son|daughter|birthday|job|profession|team|company|boss|mother|father|mom|mum|dad|parents|grandmother|grandfather|grandma|grandpa|brother|sister|cousin|aunt|uncle|girlfriend|boyfriend|hobby|hometown|server|time\ zone)\b.*\b(is|are|was)\b
              |ich\ (hei(ß|ss)e|wohne|lebe|arbeite|komme\ aus|studiere|bevorzuge|mag|liebe|hasse|spreche)\ (?!es\b|das\b)|ich\ bin\ ((jetzt\ |gerade\ |kürzlich\ )?(nach\ .+\ gezogen|umgezogen)|allergisch|vegetarier|veganer|verheiratet|(ein|eine)\ )|mein\ name\ ist\ |nenn\ mich\ 
              |(mein|meine|unser|unsere)\ (lieblings\w+|frau|mann|hund|katze|sohn|tochter|geburtstag|beruf|firma|chef|mutter|vater|mama|papa|eltern|oma|opa|freund|freundin|bruder|schwester)\b.*\b(ist|sind|hei(ß|ss)t)\b
            )
            """,
        Options | RegexOptions.IgnorePatternWhitespace,
        Patience
    )]
    private static partial Regex Told();
}
