using System.Net;
using System.Text.RegularExpressions;

namespace Republic.Tests.World;

/// <summary>What a test reads out of a page.</summary>
public static partial class Html
{
    /// <summary>The antiforgery token of the page's first form.</summary>
    public static string Token(string page) =>
        TokenInput().Match(page) is { Success: true } match
            ? WebUtility.HtmlDecode(match.Groups["token"].Value)
            : throw new InvalidOperationException($"The page has no form with a token.\n{page}");

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenInput();
}
