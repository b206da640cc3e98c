using System.Text.RegularExpressions;

namespace Republic.Core.Memories.Learning;

/// <summary>
/// What stands behind “merk dir, dass”, as a sentence of its own: there German has the finite verb last, and in a main clause behind the
/// subject. What these few rules are not sure of keeps its <c>dass</c>: as a main clause it would be none.
/// </summary>
internal static partial class SubordinateClause
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int Patience = 1000;

    /// <param name="clause">Without its <c>dass</c>.</param>
    public static string AsMainClause(string clause)
    {
        var words = string.Join(' ', clause.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var said = Politeness().Replace(words.TrimEnd('.', '!', ' '), "");
        return
            Subject().Match(said) is { Success: true } subject && Turned(subject.Value, said[(subject.Length + 1)..].Trim()) is { } turned
            ? $"{subject} {turned}"
            : $"dass {said}";
    }

    private static string? Turned(string subject, string rest)
    {
        var words = rest.Split(' ');
        // “dass ich bin Vegetarierin”: many say it so, and it is a main clause already.
        if (Known().IsMatch(words[0]) && !IsVerb(subject, words[^1]))
        {
            return rest;
        }

        // Behind a verb a clause ends; elsewhere a comma or an “und” is one of a list.
        var end = Joint().Matches(rest).FirstOrDefault(joint => Known().IsMatch(rest[..joint.Index].Split(' ')[^1]));
        if (end is null)
        {
            return VerbFirst(subject, rest);
        }

        if (VerbFirst(subject, rest[..end.Index]) is not { } first)
        {
            return null;
        }

        var more = rest[(end.Index + end.Length)..];
        if (end.Value[0] == ',')
        {
            return Dependent().IsMatch(more) ? $"{first},{more}" : null;
        }

        more = more.StartsWith($"{subject} ", StringComparison.OrdinalIgnoreCase) ? more[(subject.Length + 1)..] : more;
        return VerbFirst(subject, more) is { } second ? $"{first}{end.Value}{second}" : null;
    }

    private static string? VerbFirst(string subject, string words)
    {
        var at = words.LastIndexOf(' ');
        var (before, verb) = at < 0 ? ("", words) : (words[..at], words[(at + 1)..]);
        if (!IsVerb(subject, verb) || before.Contains(',') || (before.Length > 0 && !IsWholeSubject(subject, before, verb)))
        {
            return null;
        }

        return Separable().Match(verb) is { Success: true } parts
                ? string.Join(
                    ' ',
                    ((string[])[parts.Groups["stem"].Value, before, parts.Groups["prefix"].Value]).Where(part => part.Length > 0)
                )
            : MayBeSeparable().IsMatch(verb) && !Known().IsMatch(verb) ? null
            : $"{verb} {before}".TrimEnd();
    }

    /// <summary>Of “meine Schwester Anna in Köln” nobody knows which words are the subject.</summary>
    private static bool IsWholeSubject(string subject, string before, string verb)
    {
        var (noun, words) = (subject.Split(' ')[^1], before.Split(' '));
        var isPronoun = noun.Length == subject.Length;
        return isPronoun
            || (
                !Joint().IsMatch($" {before}")
                && (
                    Called().IsMatch(verb)
                    || noun.Equals("name", StringComparison.OrdinalIgnoreCase)
                    || (Known().IsMatch(verb) && (words.Length == 1 || words[0].EndsWith('.')))
                    || (char.IsUpper(noun[0]) && !char.IsUpper(words[0][0]))
                )
            );
    }

    private static bool IsVerb(string subject, string word) =>
        Known().IsMatch(word)
        || (char.IsLower(word, 0) && (subject.Equals("ich", StringComparison.OrdinalIgnoreCase) ? LikeMine() : LikeAVerb()).IsMatch(word));

    [GeneratedRegex(@",? +(bitte|danke)$", Options, Patience)]
    private static partial Regex Politeness();

    // After “mein”, the noun: the first word with a capital, or one of those that people write small.
    [GeneratedRegex(
        @"^((ich|wir|du|er|sie|es|man)|(mein|meine|unser|unsere) ((?-i:\p{Ll}+e[rs]? )?(?-i:\p{Lu})[\p{L}\p{M}-]+|name|frau|mann|freund|freundin|schwester|bruder|mutter|vater|sohn|tochter|hund|katze|chef|chefin|firma|beruf|geburtstag))(?= )",
        Options,
        Patience
    )]
    private static partial Regex Subject();

    [GeneratedRegex(@",| (und|oder|aber) ", Options, Patience)]
    private static partial Regex Joint();

    [GeneratedRegex(@"^ (weil|wenn|obwohl|seit|damit|denn|der|die|das|den|dem|wo|außer|aber nicht|nicht)\b", Options, Patience)]
    private static partial Regex Dependent();

    [GeneratedRegex(
        @"^(bin|bist|ist|sind|seid|war|waren|habe|hab|hast|hat|haben|hatte|hatten|werde|wird|werden|wurde|wurden|kann|kannst|können|konnte|muss|musst|müssen|will|willst|wollen|soll|sollst|sollen|darf|dürfen|mag|magst|mögen|möchte|möchten|weiß|weiss|wissen|hei(ß|ss)(e|t|en)|wohn(e|t|en)|leb(e|t|en)|arbeite(t|n)?|studier(e|t|en)|komm(e|t|en)|geh(e|t|en)|esse|essen|isst|trink(e|t|en)|lieb(e|t|en)|hass(e|t|en)|spiel(e|t|en)|spreche|sprechen|spricht|fahre|fahren|fährt|lese|lesen|liest|lern(e|t|en)|schlafe|schlafen|schläft|brauch(e|t|en)|bevorzug(e|t|en))$",
        Options,
        Patience
    )]
    private static partial Regex Known();

    // Many words end so; but what stands last behind “dass” is mostly a verb.
    [GeneratedRegex(@"^\p{L}{2,}(e|en|eln|ern|t)$", Options, Patience)]
    private static partial Regex LikeAVerb();

    [GeneratedRegex(@"^\p{L}{2,}e$", Options, Patience)]
    private static partial Regex LikeMine();

    [GeneratedRegex(@"^hei(ß|ss)(e|t|en)$", Options, Patience)]
    private static partial Regex Called();

    [GeneratedRegex(
        @"^(?<prefix>auf|aus|ab|an|ein|mit|vor|nach|zurück|weg|fern|teil|zu|um(?=zieh|steig))(?<stem>(steh|geh|komm|fang|ruf|kauf|zieh|nehm|nimm|seh|sieh|schlaf|fahr|hör|mach|geb|bring|lauf|les|sing|bau|räum|steig|schau)\p{L}{0,3})$",
        Options,
        Patience
    )]
    private static partial Regex Separable();

    [GeneratedRegex(@"^(auf|aus|ab|an|ein|mit|vor|nach|zurück|weg|fern|teil|zu|um|bei|her|hin|los|da)\p{L}{3,}", Options, Patience)]
    private static partial Regex MayBeSeparable();
}
