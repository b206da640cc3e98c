using System.Text;

namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Groups of digits with separators between them, which may be a phone number.</summary>
/// <param name="Digits">All of them; no more than are enough to see that it is no phone.</param>
/// <param name="Groups">How many digits each group has.</param>
/// <param name="Gaps">The sign between each group and the next: a blank where there is no other.</param>
internal sealed record PhoneCandidate(int Start, int End, bool IsInternational, string Digits, IReadOnlyList<int> Groups, string Gaps)
{
    private const int MostDigits = 20;
    private const int LongestGap = 3;

    /// <param name="start">Of a digit, a plus or an opening parenthesis.</param>
    public static PhoneCandidate Read(ReadOnlySpan<char> text, int start)
    {
        var isInternational = text[start] == '+';
        var digits = new StringBuilder();
        var gaps = new StringBuilder();
        List<int> groups = [];
        var end = char.IsAsciiDigit(text[start]) ? start : start + 1;
        for (var at = end; CharacterClass.IsDigit(text, at); )
        {
            for (end = at; CharacterClass.IsDigit(text, end); end++)
            {
                if (digits.Length < MostDigits)
                    digits.Append(text[end]);
            }
            if (groups.Count < MostDigits)
                groups.Add(end - at);
            at = end + GapAt(text, end, isInternational || IsPrefix(digits), out var sign);
            if (at == end)
                break;
            if (gaps.Length < MostDigits)
                gaps.Append(sign);
        }
        var isOpen = text[start] == '(' && !gaps.ToString().Contains(')', StringComparison.Ordinal);
        return new PhoneCandidate(isOpen ? start + 1 : start, end, isInternational, digits.ToString(), groups, gaps.ToString());
    }

    /// <summary>True for the prefix of a trunk or of another country, behind which an area may stand in parentheses.</summary>
    private static bool IsPrefix(StringBuilder digits) =>
        (digits.Length == 1 && digits[0] == '1') || (digits.Length > 1 && digits[0] == '0' && digits[1] == '0');

    /// <returns>How long the separators are, 0 where the run ends.</returns>
    private static int GapAt(ReadOnlySpan<char> text, int start, bool mayOpen, out char sign)
    {
        sign = ' ';
        var length = 0;
        while (length < LongestGap && start + length < text.Length)
        {
            var character = text[start + length];
            if (character is '-' or '.' or '/' or ')' or '\u2013' || (mayOpen && character == '('))
                sign = sign == ' ' ? character : sign;
            else if (!CharacterClass.IsBlank(character))
                break;
            length++;
        }
        return CharacterClass.IsDigit(text, start + length) ? length : 0;
    }
}
