using System.Buffers;

namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Runs of digits that are written as phone numbers are, and stand where one can.</summary>
internal static class PhoneFinder
{
    private const int LongestJoint = 3;

    private static readonly SearchValues<char> Beginnings = SearchValues.Create("+(0123456789");

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOfAny(Beginnings) is >= 0 and var offset)
        {
            var start = at + offset;
            at = ListNumber.SkipAt(text, start);
            if (at > start)
                continue;
            var whole = PhoneCandidate.Read(text, start);
            var candidate = PhoneSplitter.FirstOf(text, whole);
            at = candidate.End;
            // What is joined to a phone neither makes a longer code of it nor is a part of one.
            var isFree = at < whole.End || IsFreeBehind(text, at);
            if (isFree && IsPhone(text, candidate, JointBefore(text, candidate, found)))
                found.Add(new TextSpan(candidate.Start, candidate.End - candidate.Start));
        }
    }

    private static bool IsPhone(ReadOnlySpan<char> text, PhoneCandidate candidate, char joint)
    {
        if (candidate.Digits.Length < PhoneNumber.FewestDigits || !(joint != '\0' || IsFreeBefore(text, candidate.Start)))
            return false;
        return PhoneNumber.IsWritten(candidate)
            || (PhoneNumber.IsPossible(candidate) && (joint == '/' || PhoneWords.StandBefore(text, candidate.Start)));
    }

    /// <summary>The slash or comma between a phone and the one before it; zero where another thing stands there.</summary>
    private static char JointBefore(ReadOnlySpan<char> text, PhoneCandidate candidate, List<TextSpan> found)
    {
        var before = found is [.., var last] ? last.Start + last.Length : candidate.Start;
        if (candidate.Start - before is < 1 or > LongestJoint)
            return '\0';
        return text[before..candidate.Start].Trim() is [(',' or '/') and var joint] ? joint : '\0';
    }

    private static bool IsFreeBefore(ReadOnlySpan<char> text, int start)
    {
        if (start == 0)
            return true;
        return text[start - 1] switch
        {
            '#' or '+' or '$' or '€' or '£' or '\\' => false,
            ',' => text[start] == '+' || !CharacterClass.IsDigit(text, start - 2),
            '.' or ':' => !CharacterClass.IsDigit(text, start - 2),
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
