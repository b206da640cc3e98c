namespace Republic.Web.Pages.Shared;

/// <summary>
/// A text somebody else wrote, where the browser shows text alone (<c>title</c>, <c>option</c>) or in a sentence of ours. What turns the
/// direction of the letters after it is left out, so that “gnp.exe” cannot pass for “exe.png” and our own words stay in order.
/// Where an element can stand, <c>bdi</c> does it.
/// </summary>
internal static class PlainName
{
    public static string Of(string? text) => string.Concat((text ?? "").Where(letter => !Turns(letter)));

    // Embeddings, overrides and isolates, and what ends them.
    private static bool Turns(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
