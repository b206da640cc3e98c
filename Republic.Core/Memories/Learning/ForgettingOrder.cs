using System.Text.RegularExpressions;

namespace Republic.Core.Memories.Learning;

/// <summary>A message that orders something of the person to be forgotten and says nothing else, in English and German.</summary>
internal static partial class ForgettingOrder
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int Patience = 1000;
    private const int Longest = 300;

    /// <returns>What is to be forgotten; null where the message is something else.</returns>
    public static string? In(string message)
    {
        var said = message.Trim();
        return
            said.Length <= Longest
            && Order().Match(said) is { Success: true } order
            && order.Groups["what"].Value is { } what
            && OfOneself().IsMatch(what)
            && !OfThisChat().IsMatch(what)
            ? what
            : null;
    }

    // One sentence: with more behind it, the message is about more.
    [GeneratedRegex(
        $@"^((please|ok|okay|no|actually|bitte|nein),?\ |(can|could)\ you\ (please\ )?)*(forget|stop\ remembering|vergiss)(\ (please|bitte))?(,?\ (that|about|da(ss|ß))\b|:)?\ +(?<what>{Abbreviation.Within}{{2,}}?)(,?\ (please|bitte|thanks|thank\ you|danke))?[.!]*$",
        Options | RegexOptions.IgnorePatternWhitespace,
        Patience
    )]
    private static partial Regex Order();

    [GeneratedRegex(@"\b(i|me|my|mine|we|us|our|ich|mich|mir|mein\w*|wir|unser\w*)\b", Options, Patience)]
    private static partial Regex OfOneself();

    [GeneratedRegex(
        @"\b(said|told|wrote|typed|asked|questions?|messages?|requests?|instructions?|prompts?|gesagt|geschrieben|gefragt|fragen?|nachricht(en)?|anweisung(en)?)\b",
        Options,
        Patience
    )]
    private static partial Regex OfThisChat();
}
