using System.Text.RegularExpressions;

namespace Republic.Core.Tools.BuiltIn;

/// <summary>Addresses of web pages, in the spelling in which they are compared.</summary>
public static partial class WebAddresses
{
    public const int MaxLength = 2000;

    /// <summary>The most that are taken of one text.</summary>
    public const int Most = 50;

    /// <summary>Letters that may follow an address in a sentence and are no part of it.</summary>
    private const string Closing = ".,;:!?*_~'’”»…";

    /// <summary>The addresses in a text that begin with http:// or https://, each once.</summary>
    public static IReadOnlyList<string> In(string text) =>
        [
            .. Written()
                .Matches(text)
                .Select(match => Plain(Read(Trimmed(match.Value))))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Take(Most),
        ];

    /// <summary>Reads an address; null where the text is none of a web page.</summary>
    public static Uri? Read(string? typed) =>
        typed?.Trim() is { Length: > 0 and <= MaxLength } text
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : null;

    /// <summary>The address without its fragment, which is never sent.</summary>
    public static string? Plain(Uri? address) => address?.AbsoluteUri.Split('#')[0];

    /// <summary>A parenthesis that closes belongs to the address where one is open in it.</summary>
    private static string Trimmed(string written)
    {
        var text = written.TrimEnd(Closing.ToCharArray());
        while (text.EndsWith(')') && text.Count(letter => letter == ')') > text.Count(letter => letter == '('))
        {
            text = text[..^1].TrimEnd(Closing.ToCharArray());
        }

        return text;
    }

    [GeneratedRegex(@"\bhttps?://[^\s<>""“„«\[\]{}|\\^`]{1,2000}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Written();
}
