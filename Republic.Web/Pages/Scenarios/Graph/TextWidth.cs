namespace Republic.Web.Pages.Scenarios.Graph;

/// <summary>How wide a text is about, so that a box can be drawn around it before a browser has seen it.</summary>
internal static class TextWidth
{
    /// <summary>In widths of the font's size: 0.56 for most letters of a sans serif.</summary>
    private static double Of(char letter) =>
        letter switch
        {
            'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 0.28,
            'f' or 't' or 'r' or ' ' or '(' or ')' or '[' or ']' or '"' or '-' or '·' => 0.36,
            'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.88,
            >= 'A' and <= 'Z' or '=' or '<' or '>' or '&' or '_' => 0.68,
            >= '0' and <= '9' => 0.62,
            < '\u0250' => 0.57,
            _ => 1,
        };

    /// <param name="size">Of the font, in pixels.</param>
    public static double Of(string text, double size) => text.Sum(Of) * size;
}
