using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Republic.Core.Help;

/// <summary>Words of help and of questions. Help is in English, so their endings are taken off: trained, training and train are one word.</summary>
internal static partial class HelpWords
{
    private static readonly FrozenSet<string> Little = (
        "a about all also am an and any anybody anyone anything are as at be been but by can cannot could did do does doing done else for from get "
        + "gets getting give gives go goes going got had has have having he help her here him his how i if in into is it its just let like may me might "
        + "mine more most much must my need no not now of off on one or other our out over own please s say see shall she should so "
        + "some somebody someone something t tell than thank thanks that the their them then there these they thing things this those to too under up "
        + "us use used uses using very want was way we well were what when where which while who whom whose why will with work works would yes you "
        + "your yours explain mean means know show "
        // Fill a question, and are about nothing.
        + "able actually again already always anyway both button buttons different don doesn each else ever every everything exactly find halfway happen "
        + "happens hello here hey hi hmm isn long longer lot maybe never ok okay possible put quite rather really simply still such sure take taken "
        + "takes well yet d ll m re u ur ve"
    ).Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words that a text is found by, without endings and one for all that mean it, in their order; little ones are none.</summary>
    public static IEnumerable<string> Of(string text) => Found(text).Select(word => word.Stem);

    /// <summary>The stretches of a text that hold one of the words.</summary>
    /// <param name="asked">Words without endings.</param>
    public static IEnumerable<Range> Stretches(string text, IReadOnlySet<string> asked) =>
        from word in Found(text)
        where asked.Contains(word.Stem)
        select word.At;

    /// <summary>A word without its endings.</summary>
    internal static string Stem(string word)
    {
        var stem = word switch
        {
            [_, _, .., 'i', 'e', 's'] => $"{word[..^3]}y",
            [_, _, _, .., 'i', 'n', 'g'] => Single(word[..^3]),
            [_, _, _, .., 'e', 'd'] => Single(word[..^2]),
            // A plural may have another ending before it: ratings, rating, rate.
            [_, _, .., not ('s' or 'u' or 'i'), 's'] => Stem(word[..^1]),
            _ => word,
        };
        return stem is [_, _, _, .., 'e'] ? stem[..^1] : stem;
    }

    private static IEnumerable<(string Stem, Range At)> Found(string text) =>
        from word in Word().Matches(text)
        let phrase = word.Groups.Values.Skip(1).FirstOrDefault(part => part.Success)?.Name
        let small = word.Value.ToLowerInvariant()
        where phrase is not null || !Little.Contains(small)
        select (HelpSynonyms.One(Stem(phrase ?? small)), word.Index..(word.Index + word.Length));

    /// <summary>The last letter once: “running” is run.</summary>
    private static string Single(string word) =>
        word is [_, _, .., var before, var last] && before == last && last is not ('l' or 's' or 'e') ? word[..^1] : word;

    /// <summary>A word, or a phrase that is one, by the name of its group.</summary>
    [GeneratedRegex(
        @"\b((?<backup>back(ing)? up)|(?<signout>(log|sign)(ing|ged|ging)? ?(out|off))|(?<signup>(sign|register)(ing|ed)? ?up)"
            + @"|(?<signin>(log|sign)(ging|ing|ged)? ?in)|(?<minutes>how long)|(?<people>(some|any|every)(body|one)( else)?))\b|[\p{L}\p{Nd}]+",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Word();
}
