using System.Text.RegularExpressions;

namespace Republic.Core.Memories.Learning;

/// <summary>
/// What somebody says of themselves, taken apart as far as rules can: enough to see that two statements cannot both be true. A thing that
/// one has one of (a name, a home, <c>my dog is …</c>) contradicts another of the same; so does the same said once with <c>not</c>.
/// </summary>
internal sealed partial record Statement(string Subject, string Value, bool IsNegated)
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int Patience = 1000;

    public static Statement Of(string text)
    {
        var plainLetters = text.ToLowerInvariant().Replace('’', '\'').Replace("heiss", "heiß", StringComparison.Ordinal);
        var words = Spaces().Replace(Marks().Replace(plainLetters, " "), " ").Trim();
        words = words.Replace("i'm ", "i am ", StringComparison.Ordinal);
        words = Spaces().Replace(Fillers().Replace(words, " "), " ").Trim();
        var plain = Spaces().Replace(Negations().Replace(words, " "), " ").Trim();
        var isNegated = plain != words;
        foreach (var single in (Regex[])[Name(), Home(), Own()])
        {
            if (single.Match(plain) is { Success: true } match)
            {
                var subject = single == Name() ? "name" : match.Groups["subject"].Value.Trim();
                return new Statement(subject, match.Groups["value"].Value.Trim(), isNegated);
            }
        }

        return new Statement("", plain, isNegated);
    }

    public bool Contradicts(Statement other)
    {
        var isSame = Subject == other.Subject && Value == other.Value;
        return isSame ? IsNegated != other.IsNegated : Subject.Length > 0 && Subject == other.Subject && !IsNegated && !other.IsNegated;
    }

    public bool Repeats(Statement other) => this == other;

    [GeneratedRegex(@"[^\p{L}\p{N}' ]+", Options, Patience)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+", Options, Patience)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\b(now|currently|jetzt|nun|zur zeit)\b", Options, Patience)]
    private static partial Regex Fillers();

    [GeneratedRegex(@"\b(do not|don't|does not|doesn't|not|no longer|never|nicht|kein|keine|keinen|nie|niemals)\b", Options, Patience)]
    private static partial Regex Negations();

    [GeneratedRegex(@"^(my name is|i am called|call me|ich heiße|mein name ist|nenn mich) (?<value>.+)$", Options, Patience)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"^(?<subject>(i (live|work|study|am based) (in|at|for|as)|ich (wohne|lebe|arbeite|studiere) (in|bei|als|an))) (?<value>.+)$",
        Options,
        Patience
    )]
    private static partial Regex Home();

    [GeneratedRegex(
        @"^(?<subject>(my|our|mein|meine|unser|unsere) .+?) (is called|are called|is|are|heißt|heißen|ist|sind) (?<value>.+)$",
        Options,
        Patience
    )]
    private static partial Regex Own();
}
