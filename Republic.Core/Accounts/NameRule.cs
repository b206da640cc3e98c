using System.Globalization;
using System.Text;

namespace Republic.Core.Accounts;

/// <summary>The rule for names of people and tokens: all of a name is visible in a list, a log or a terminal.</summary>
internal static class NameRule
{
    public const string Rule = "A name is one line with something to see in it, and holds no invisible or control characters. Remove them.";

    // They join letters, in Persian and Hindi names for example.
    private static readonly Rune[] Joiners = [new('\u200C'), new('\u200D')];

    public static bool Is(string name) =>
        FieldRules.IsLine(name)
        && name.EnumerateRunes().All(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format || Joiners.Contains(rune))
        && name.EnumerateRunes().Any(rune => !Rune.IsWhiteSpace(rune) && !Joiners.Contains(rune));
}
