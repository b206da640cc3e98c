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
            var run = NumberRun.Read(text, at + offset);
            at = run.End;
            if (run.Digits.Length < PhoneNumber.FewestDigits || !IsAlone(text, run.Start, run.End))
                continue;
            if (PhoneNumber.IsWritten(run) || (PhoneNumber.IsPossible(run) && PhoneWords.StandBefore(text, run.Start)))
                found.Add(new TextSpan(run.Start, run.End - run.Start));
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
            '.' or ',' or ':' => !Characters.IsDigit(text, start - 2),
            '-' => !Characters.IsLatinWord(text, start - 2),
            '/' => start > 1 && !Characters.IsLatinWord(text, start - 2) && text[start - 2] != '/',
            _ => !Characters.IsLatinWord(text, start - 1),
        };
    }

    private static bool IsFreeBehind(ReadOnlySpan<char> text, int end)
    {
        if (end < text.Length)
        {
            var goesOn = text[end] switch
            {
                '-' or '/' => Characters.IsLatinWord(text, end + 1),
                ':' => Characters.IsDigit(text, end + 1),
                ',' => IsDecimals(text, end + 1),
                _ => Characters.IsLatinWord(text, end),
            };
            if (goesOn)
                return false;
        }
        var next = end < text.Length && Characters.IsBlank(text[end]) ? end + 1 : end;
        return next >= text.Length || text[next] is not ('%' or '€' or '$' or '£');
    }

    /// <summary>One digit or two behind a comma.</summary>
    private static bool IsDecimals(ReadOnlySpan<char> text, int start) =>
        Characters.IsDigit(text, start) && !(Characters.IsDigit(text, start + 1) && Characters.IsDigit(text, start + 2));
}
