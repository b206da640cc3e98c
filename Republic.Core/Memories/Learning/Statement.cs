using System.Text.RegularExpressions;

namespace Republic.Core.Memories.Learning;

/// <summary>
/// What somebody says of themselves, taken apart as far as rules can: enough to see that two statements cannot both be true. A thing that
/// one has one of (a name, a home, <c>my dog is …</c>) contradicts another of the same, also where its name is said in other words
/// (<c>my dog is called …</c>, <c>the name of my dog is …</c>); so does the same said once with <c>not</c>.
/// </summary>
/// <param name="Relation">What of the subject the value is: its name is not what it is like. Empty where there is no subject.</param>
internal sealed partial record Statement(string Subject, string Relation, string Value, bool IsNegated)
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int Patience = 1000;
    private const string Called = "called";

    /// <summary>The first that fits counts: the way a thing is called is also something that it is.</summary>
    private static readonly (Func<Regex> Match, string? Subject, string Relation)[] Singles =
    [
        (Name, "name", Called),
        (Home, "i live in", "is"),
        (Employer, "i work at", "is"),
        (Work, null, "is"),
        (NamedThing, null, Called),
        (Favourite, null, "is"),
        (Own, null, "is"),
    ];

    public static Statement Of(string text)
    {
        var plainLetters = text.ToLowerInvariant()
            .Replace('’', '\'')
            .Replace("heiss", "heiß", StringComparison.Ordinal)
            .Replace("favorite", "favourite", StringComparison.Ordinal);
        var words = Spaces().Replace(Marks().Replace(plainLetters, " "), " ").Trim();
        words = words.Replace("i'm ", "i am ", StringComparison.Ordinal);
        words = Spaces().Replace(Fillers().Replace(words, " "), " ").Trim();
        var plain = Spaces().Replace(Negations().Replace(words, " "), " ").Trim();
        var isNegated = plain != words;
        foreach (var (single, subject, relation) in Singles)
        {
            if (single().Match(plain) is { Success: true } match)
            {
                return new Statement(
                    subject ?? match.Groups["subject"].Value.Trim(),
                    relation,
                    match.Groups["value"].Value.Trim(),
                    isNegated
                );
            }
        }

        return new Statement("", "", plain, isNegated);
    }

    public bool Contradicts(Statement other)
    {
        var isOfTheSame = Subject == other.Subject && Relation == other.Relation;
        return isOfTheSame && Value == other.Value
            ? IsNegated != other.IsNegated
            : isOfTheSame && Subject.Length > 0 && !IsNegated && !other.IsNegated;
    }

    /// <summary>Would contradict the other, if only both were about one thing: <c>my mother</c>, <c>my mom</c>.</summary>
    /// <returns>The two nouns that would have to mean the same; null where rules tell already.</returns>
    public (string One, string Other)? ContradictsIfSame(Statement other) =>
        (Had().Match(Subject), Had().Match(other.Subject)) is ({ Success: true } one, { Success: true } two)
        && Relation == other.Relation
        && Value != other.Value
        && !IsNegated
        && !other.IsNegated
        && one.Groups["before"].Value == two.Groups["before"].Value
        && (one.Groups["noun"].Value, two.Groups["noun"].Value) is var (noun, another)
        // “My shoe” and “my shoes” are near, and not the same.
        && !noun.StartsWith(another, StringComparison.Ordinal)
        && !another.StartsWith(noun, StringComparison.Ordinal)
            ? (noun, another)
            : null;

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

    // Where one moved to is where one lives, unless more is said of it: “I moved to Bergen in 1990”.
    [GeneratedRegex(
        @"^(i (live|reside|am living) in|my home is in) (?<value>.+)$|^i( have|'ve)? moved to (?<value>\p{L}+( \p{L}+)?)$",
        Options,
        Patience
    )]
    private static partial Regex Home();

    [GeneratedRegex(@"^(i (work at|am employed (at|by))|my employer is) (?<value>.+)$", Options, Patience)]
    private static partial Regex Employer();

    [GeneratedRegex(
        @"^(?<subject>(i (live|work|study|am based) (in|at|for|as)|ich (wohne|lebe|arbeite|studiere) (in|bei|als|an))) (?<value>.+)$",
        Options,
        Patience
    )]
    private static partial Regex Work();

    [GeneratedRegex(
        @"^((?<subject>(my|our|mein|meine|unser|unsere) .+?) (is called|are called|is named|are named|heißt|heißen)|(?<subject>(my|our) \p{L}+)'s name is|the name of (?<subject>(my|our) \p{L}+) is) (?<value>.+)$|^(?<value>.+?) is the name of (?<subject>(my|our) \p{L}+)$",
        Options,
        Patience
    )]
    private static partial Regex NamedThing();

    [GeneratedRegex(@"^(?<value>.+?) (is|are) (?<subject>(my|our) favourite .+)$", Options, Patience)]
    private static partial Regex Favourite();

    [GeneratedRegex(@"^(?<subject>(my|our|mein|meine|unser|unsere) .+?) (is|are|ist|sind) (?<value>.+)$", Options, Patience)]
    private static partial Regex Own();

    [GeneratedRegex(@"^(?<before>(my|our) (.+ )?)(?<noun>\p{L}+)$", Options, Patience)]
    private static partial Regex Had();
}
