using System.Text.RegularExpressions;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Answering.Stages;

/// <summary>
/// A message in which the person only tells something of themselves (“I went to Paris yesterday.”), in English and German. People also tell
/// what they are looking for or what goes wrong: where a word hints at that, it is no plain telling.
/// </summary>
internal static partial class PlainTelling
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int Patience = 1000;
    private const int LongestSentence = 120;

    public static bool Is(string message)
    {
        var said = FactExtractor.Parts(message).Where(sentence => sentence.Length > 0).ToList();
        return said.Count > 0 && said.TrueForAll(IsOne);
    }

    /// <summary>A sentence in which the person tells something of themselves, of somebody or of something of theirs (“her name is Jess”).</summary>
    public static bool IsOfSomebody(string sentence) =>
        IsOne(sentence) || (sentence.Length <= LongestSentence && OfSomebody().IsMatch(sentence) && !Seeks().IsMatch(sentence));

    private static bool IsOne(string sentence) =>
        sentence.Length <= LongestSentence && InTheFirstPerson().IsMatch(sentence) && !Seeks().IsMatch(sentence);

    [GeneratedRegex(
        @"^((the|my|our|his|her|their|its?) [^?]*\b(is|are|was|were|has|have|had|lives?|called|named|likes?|loves?|works?|comes?)\b|(she|he|they)(['’]s|['’]re| is| are| was| has| lives?| works?)\b|i['’]?m \w)",
        Options,
        Patience
    )]
    private static partial Regex OfSomebody();

    [GeneratedRegex(@"^(i(['’](m|ve))?|we(['’](re|ve))?|ich|wir) \w", Options, Patience)]
    private static partial Regex InTheFirstPerson();

    [GeneratedRegex(
        """
            [?:]|\d{3}|n['’]t\b|\b(
              what|who|whom|whose|which|when|where|why|how|whether|if
              |need\w*|want\w*|would|could|should|must|have\ to|has\ to|wish\w*|hope\w*|like\ to|try|tried|trying|look\w*|search\w*|seek\w*|find\w*|found|wonder\w*|curious|interest\w*
              |ask\w*|question\w*|help\w*|request\w*|require\w*|tell|know|understand|explain|see|seeing|get|getting|receive\w*|mean|meant|talk\w*|refer\w*|wait\w*
              |not|cannot|never|no|unable|without|problem\w*|issue\w*|trouble\w*|error\w*|bug\w*|fail\w*|crash\w*|hang\w*|stop\w*|stuck|break\w*|broke\w*|leak\w*|slow|wrong|fault\w*
              |refuse\w*|reject\w*|den(y|ied)|miss(?!\ (him|her|it|them)\b)\w*|lost|lose|forgot\w*|order\w*|return\w*|cancel\w*|invoice\w*|phone|number|password\w*|warranty
              |(?<=^(ich|wir)\b.*)(was|will)|wer|wen|wem|wessen|welche\w*|wann|wo|woher|wohin|warum|wieso|weshalb|wie|ob
              |brauch\w*|such\w*|find\w*|möchte\w*|wollen|würde\w*|hätte\w*|wüsste\w*|kann|können|könnte\w*|muss|müssen|soll\w*|frag\w*|hilfe|helf\w*|weiß|wissen|versteh\w*|erklär\w*
              |nicht|kein\w*|nie|problem\w*|fehler\w*|bekomm\w*|seh\w*|erhalt\w*|vergess\w*|verlor\w*|kaputt|defekt\w*|langsam|bestell\w*|rechnung\w*|rückgabe\w*|meine?\ damit|interessier\w*
            )\b
            """,
        Options | RegexOptions.IgnorePatternWhitespace,
        Patience
    )]
    private static partial Regex Seeks();
}
