using System.Net;
using System.Net.Sockets;

namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>IPv6 addresses, compressed ones and those that end with an IPv4 address among them.</summary>
internal static class Ipv6Finder
{
    private const int Shortest = 6;
    private const int Longest = 45;
    private const int DigitsOfLongGroup = 3;

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (!IsPart(text[at]))
            {
                at++;
                continue;
            }
            var start = at;
            while (at < text.Length && IsPart(text[at]))
                at++;
            if (at - start is < Shortest or > Longest + 2)
                continue;
            var end = at;
            (start, end) = Trimmed(text, start, end);
            if (IsAlone(text, start, end) && IsAddress(text[start..end]))
                found.Add(new TextSpan(start, end - start));
        }
    }

    /// <summary>Trims the marks of the sentence around an address: “at:fe80::1.”</summary>
    private static (int Start, int End) Trimmed(ReadOnlySpan<char> text, int start, int end)
    {
        while (end > start && (text[end - 1] == '.' || (text[end - 1] == ':' && !text[start..end].EndsWith("::"))))
            end--;
        while (start < end && (text[start] == '.' || (text[start] == ':' && !text[start..end].StartsWith("::"))))
            start++;
        return (start, end);
    }

    private static bool IsAlone(ReadOnlySpan<char> text, int start, int end) =>
        !CharacterClass.IsLatinWord(text, start - 1) && !CharacterClass.IsLatinWord(text, end);

    /// <summary>Tells addresses from times, which have no long group, and from names of code such as <c>Cafe::Add</c>, which have no digit.</summary>
    private static bool IsAddress(ReadOnlySpan<char> candidate) =>
        candidate.Count(':') >= 2
        && candidate.ContainsAnyInRange('0', '9')
        && HasLongGroup(candidate)
        && IPAddress.TryParse(candidate, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6
        && !IsNobodys(address);

    private static bool IsNobodys(IPAddress address) =>
        address.IsIPv4MappedToIPv6
            ? Ipv4Finder.IsNobodys(address.MapToIPv4().GetAddressBytes()[0])
            : IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any);

    private static bool HasLongGroup(ReadOnlySpan<char> candidate)
    {
        foreach (var group in candidate.Split(':'))
        {
            if (candidate[group].Length >= DigitsOfLongGroup)
                return true;
        }
        return false;
    }

    private static bool IsPart(char character) => char.IsAsciiHexDigit(character) || character is ':' or '.';
}
