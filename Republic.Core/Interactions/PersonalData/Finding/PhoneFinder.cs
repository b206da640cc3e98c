using System.Buffers;

namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Runs of digits that are written as phone numbers are, and stand where one can.</summary>
internal static class PhoneFinder
{
    private static readonly SearchValues<char> Beginnings = SearchValues.Create("+(0123456789");

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOfAny(Beginnings) is >= 0 and var offset)
        {
            var candidate = PhoneCandidate.Read(text, at + offset);
            at = candidate.End;
            if (candidate.Digits.Length < PhoneNumber.FewestDigits || !IsAlone(text, candidate.Start, candidate.End))
                continue;
            if (PhoneNumber.IsWritten(candidate) || (PhoneNumber.IsPossible(candidate) && PhoneWords.StandBefore(text, candidate.Start)))
                found.Add(new TextSpan(candidate.Start, candidate.End - candidate.Start));
        }
    }

    private static bool IsAlone(ReadOnlySpan<char> text, int start, int end) => IsFreeBefore(text, start) && IsFreeBehind(text, end);

    private static bool IsFreeBefore(ReadOnlySpan<char> text, int start)
    {
        if (start == 0)
            return true;
        return text[start - 1] switch
        {
            '#' or '+' or '$' or '€' or '£' or '\\' => false,
            '.' or ',' or ':' => !CharacterClass.IsDigit(text, start - 2),
            '-' => !CharacterClass.IsLatinWord(text, start - 2),
            '/' => start > 1 && !CharacterClass.IsLatinWord(text, start - 2) && text[start - 2] != '/',
            _ => !CharacterClass.IsLatinWord(text, start - 1),
        };
    }

    private static bool IsFreeBehind(ReadOnlySpan<char> text, int end)
    {
        if (end < text.Length)
        {
            var goesOn = text[end] switch
            {
                '-' or '/' => CharacterClass.IsLatinWord(text, end + 1),
                ':' => CharacterClass.IsDigit(text, end + 1),
                ',' => IsDecimals(text, end + 1),
                _ => CharacterClass.IsLatinWord(text, end),
            };
            if (goesOn)
                return false;
        }
        var next = end < text.Length && CharacterClass.IsBlank(text[end]) ? end + 1 : end;
        return next >= text.Length || text[next] is not ('%' or '€' or '$' or '£');
    }

    /// <summary>One digit or two behind a comma.</summary>
    private static bool IsDecimals(ReadOnlySpan<char> text, int start) =>
        CharacterClass.IsDigit(text, start) && !(CharacterClass.IsDigit(text, start + 1) && CharacterClass.IsDigit(text, start + 2));
}
