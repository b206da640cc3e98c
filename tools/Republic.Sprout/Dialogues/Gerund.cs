namespace Republic.Sprout.Dialogues;

/// <summary>"make a minion" → "making a minion": frames that speak of doing something want the verb in this form.</summary>
internal static class Gerund
{
    private const string Vowels = "aeiou";

    // Stressed on their last syllable, or with a u that is no vowel: the rule below does not see that.
    private static readonly HashSet<string> Doubled = ["begin", "forget", "submit", "permit", "refer", "quit", "equip"];

    public static string Of(string deed)
    {
        var end = deed.IndexOf(' ', StringComparison.Ordinal);
        var (verb, rest) = end < 0 ? (deed, "") : (deed[..end], deed[end..]);
        return Form(verb) + rest;
    }

    private static string Form(string verb) =>
        verb switch
        {
            _ when Doubled.Contains(verb) || IsOneShortSyllable(verb) => $"{verb}{verb[^1]}ing",
            [.., 'i', 'e'] => $"{verb[..^2]}ying",
            [.., not ('e' or 'o' or 'y'), 'e'] => $"{verb[..^1]}ing",
            _ => $"{verb}ing",
        };

    /// <summary>Its only vowel stands before its last letter, and that letter is a consonant that can be doubled.</summary>
    private static bool IsOneShortSyllable(string verb) =>
        verb.Length > 1
        && Vowels.Contains(verb[^2], StringComparison.Ordinal)
        && !"aeiouwxy".Contains(verb[^1], StringComparison.Ordinal)
        && verb.Count(letter => Vowels.Contains(letter, StringComparison.Ordinal)) == 1;
}
