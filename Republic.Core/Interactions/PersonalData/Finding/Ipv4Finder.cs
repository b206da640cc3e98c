using System.Collections.Frozen;

namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>IPv4 addresses, but no numbers of versions or chapters.</summary>
internal static class Ipv4Finder
{
    private const int Octets = 4;
    private const int MostBetween = 4;
    private const string Between = " \t:=\"'>(.";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OtherNumbers = new[]
    {
        "v",
        "ver",
        "release",
        "revision",
        "rev",
        "build",
        "firmware",
        "section",
        "chapter",
        "clause",
        "kapitel",
        "abschnitt",
    }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOfAnyInRange('0', '9') is >= 0 and var offset)
        {
            var start = at + offset;
            at = start;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
                at++;
            var end = start + text[start..at].TrimEnd('.').Length;
            if (IsAddress(text[start..end]) && IsAlone(text, start, end) && !IsOtherNumber(text, start))
                found.Add(new TextSpan(start, end - start));
        }
    }

    /// <summary>True for addresses that lead to nobody: loopback (127/8), “this host” (0/8), and netmasks and broadcasts (255/8).</summary>
    public static bool IsNobodys(int firstOctet) => firstOctet is 0 or 127 or 255;

    private static bool IsAddress(ReadOnlySpan<char> candidate)
    {
        var count = 0;
        foreach (var part in candidate.Split('.'))
        {
            var octet = candidate[part];
            if (
                ++count > Octets
                || octet.Length is 0 or > 3
                || (octet.Length > 1 && octet[0] == '0')
                || !byte.TryParse(octet, out var value)
            )
                return false;
            if (count == 1 && IsNobodys(value))
                return false;
        }
        return count == Octets;
    }

    private static bool IsAlone(ReadOnlySpan<char> text, int start, int end) =>
        !CharacterClass.IsLatinWord(text, start - 1)
        && !CharacterClass.IsLatinWord(text, end)
        // Chrome/120.0.0.0
        && !(start > 1 && text[start - 1] == '/' && CharacterClass.IsLatinWord(text, start - 2))
        && !(start > 1 && text[start - 1] is '.' or '+' && CharacterClass.IsLatinWord(text, start - 2))
        // 1.2.3.4-beta
        && !(end + 1 < text.Length && text[end] is '-' or '+' && char.IsLetter(text[end + 1]));

    private static bool IsOtherNumber(ReadOnlySpan<char> text, int start)
    {
        var word = CharacterClass.LatinWordBefore(text, start, Between, MostBetween);
        return OtherNumbers.Contains(word) || word.EndsWith("version", StringComparison.OrdinalIgnoreCase);
    }
}
