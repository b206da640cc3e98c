using System.Globalization;
using System.Net;

namespace Republic.Core.Security;

/// <summary>A host as one plain spelling, so that 2130706433, 0x7f.1, 127.0.0.1. and １２７.０.０.１ are all seen for what they are.</summary>
internal static class OutboundHost
{
    public static string? Plain(Uri url) => Plain(url.HostNameType == UriHostNameType.IPv6 ? url.DnsSafeHost : url.Host);

    /// <summary>Lower case, without a trailing dot, an IP address in its canonical form; null when it is no usable host.</summary>
    public static string? Plain(string host)
    {
        var text = host.Trim('[', ']').Replace('\u3002', '.').Replace('\uff0e', '.').Replace('\uff61', '.').TrimEnd('.').ToLowerInvariant();
        // Resolvers differ in how they fold lookalike digits and letters; nobody needs them in a host.
        if (text.Length is 0 or > 253 || text.Any(IsLookalike))
        {
            return null;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            // The zone of a link-local address says which card it leaves by, not where it goes.
            return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes())).ToString();
        }

        if (Uri.CheckHostName(text) is not UriHostNameType.Dns)
        {
            return null;
        }

        // A last label that is a number is an IP address to some parsers and a name to others.
        var last = text[(text.LastIndexOf('.') + 1)..];
        return last.All(char.IsAsciiDigit) || last.StartsWith("0x", StringComparison.Ordinal) ? null : Ascii(text);
    }

    /// <summary>An entry of the allow-list: host, host:port or [IPv6]:port.</summary>
    public static (string? Host, int? Port) SplitPort(string entry)
    {
        var text = entry.Trim();
        var colon = text.LastIndexOf(':');
        var hasPort =
            colon > 0
            && (text[colon - 1] == ']' || text.IndexOf(':') == colon)
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return hasPort ? (Plain(text[..colon]), int.Parse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture)) : (Plain(text), null);
    }

    /// <param name="host">In its plain spelling.</param>
    public static string WithPort(string host, int port) =>
        host.Contains(':', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"[{host}]:{port}")
            : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    private static bool IsLookalike(char c) =>
        c > 127
        && (
            char.GetUnicodeCategory(c)
                is UnicodeCategory.DecimalDigitNumber
                    or UnicodeCategory.LetterNumber
                    or UnicodeCategory.OtherNumber
                    or UnicodeCategory.Surrogate
                    or UnicodeCategory.Format
            || c is >= '\uff00' and <= '\uffef'
        );

    private static string? Ascii(string text)
    {
        try
        {
            return new IdnMapping().GetAscii(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
