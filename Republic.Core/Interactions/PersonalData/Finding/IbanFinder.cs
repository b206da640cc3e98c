namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>IBANs in one piece or with blanks or hyphens, of the country's length where that is known, with right check digits.</summary>
internal static class IbanFinder
{
    private const int Group = 4;
    private const int CountryAndCheck = 4;

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        for (var start = 0; start + IbanLengths.Shortest <= text.Length; start++)
        {
            if (!Begins(text, start))
                continue;
            var length = IbanLengths.Of(text.Slice(start, 2));
            var end = length > 0 ? EndIn(text, start, length, length) : EndOfUnknown(text, start);
            if (end == 0)
                continue;
            found.Add(new TextSpan(start, end - start));
            start = end - 1;
        }
    }

    private static bool Begins(ReadOnlySpan<char> text, int start) =>
        char.IsAsciiLetter(text[start])
        && char.IsAsciiLetter(text[start + 1])
        && char.IsAsciiDigit(text[start + 2])
        && char.IsAsciiDigit(text[start + 3])
        && !CharacterClass.IsLatinWord(text, start - 1)
        && !(start > 0 && text[start - 1] == '-' && CharacterClass.IsLatinWord(text, start - 2));

    private static int EndOfUnknown(ReadOnlySpan<char> text, int start) =>
        char.IsAsciiLetterUpper(text[start]) && char.IsAsciiLetterUpper(text[start + 1])
            ? EndIn(text, start, IbanLengths.Shortest, IbanLengths.Longest)
            : 0;

    /// <returns>Where the longest IBAN ends that begins here; 0 where none does.</returns>
    private static int EndIn(ReadOnlySpan<char> text, int start, int shortest, int longest)
    {
        Span<char> iban = stackalloc char[IbanLengths.Longest];
        var isLoose = shortest == longest;
        var end = 0;
        var read = 0;
        for (var at = start; read < longest && at < text.Length; at++)
        {
            if (char.IsAsciiLetterOrDigit(text[at]))
            {
                iban[read++] = text[at];
                if (read >= shortest && !CharacterClass.IsLatinWord(text, at + 1) && RemainderOf(iban[..read]) == 1)
                    end = at + 1;
            }
            else if (!IsSeparator(text[at]) || !char.IsAsciiLetterOrDigit(text[at - 1]) || !(isLoose || read % Group == 0))
            {
                break;
            }
        }
        return end;
    }

    private static bool IsSeparator(char character) => CharacterClass.IsBlank(character) || character == '-';

    /// <summary>The remainder modulo 97 (ISO 7064), with the country and the check digits behind the rest and letters from 10 to 35.</summary>
    private static int RemainderOf(ReadOnlySpan<char> iban)
    {
        var remainder = 0;
        for (var index = 0; index < iban.Length; index++)
        {
            var character = iban[(index + CountryAndCheck) % iban.Length];
            remainder = char.IsAsciiDigit(character)
                ? (remainder * 10 + character - '0') % 97
                : (remainder * 100 + char.ToUpperInvariant(character) - 'A' + 10) % 97;
        }
        return remainder;
    }
}
