using System.Collections.Frozen;

namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Words that say of the number behind them that it is a phone's: “Tel.: 5551234”, “my phone number is 555-1234”.</summary>
internal static class PhoneWords
{
    private const string Between = " \t\r\n:.(=*";
    private const int MostBetween = 4;
    private const int MostFillers = 2;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = Set(
        "tel",
        "telefon",
        "telefonnummer",
        "telephone",
        "phone",
        "mobile",
        "mobil",
        "mobilnummer",
        "handy",
        "handynummer",
        "cell",
        "cellphone",
        "fax",
        "faxnummer",
        "rufnummer",
        "whatsapp"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Fillers = Set(
        "number",
        "nummer",
        "no",
        "nr",
        "is",
        "ist",
        "lautet"
    );

    public static bool StandBefore(ReadOnlySpan<char> text, int start)
    {
        for (var words = 0; words <= MostFillers; words++)
        {
            var word = CharacterClass.LatinWordBefore(text, start, Between, MostBetween);
            if (word.IsEmpty)
                return false;
            var at = text[..start].LastIndexOf(word);
            if (!LeadsOn(text[(at + word.Length)..start]))
                return false;
            if (Words.Contains(word))
                return true;
            if (!Fillers.Contains(word))
                return false;
            start = at;
        }
        return false;
    }

    /// <summary>Only a colon leads over the end of a line.</summary>
    private static bool LeadsOn(ReadOnlySpan<char> between) => !between.Contains('\n') || between.Contains(':');

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(params string[] words) =>
        words.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
