namespace Republic.Web.Pages.Shared;

/// <param name="Tag"><c>mark</c>, <c>del</c> or <c>ins</c>.</param>
public sealed record MarkedText(IReadOnlyList<DiffPart> Parts, string Tag = "mark")
{
    /// <summary>A text with every place marked where the searched words stand, whatever their case.</summary>
    public static MarkedText Found(string text, string? words)
    {
        if (string.IsNullOrEmpty(words))
        {
            return new MarkedText([new DiffPart(text, false)]);
        }

        var parts = new List<DiffPart>();
        var from = 0;
        for (var at = Next(0); at >= 0; at = Next(from))
        {
            if (at > from)
            {
                parts.Add(new DiffPart(text[from..at], false));
            }

            parts.Add(new DiffPart(text.Substring(at, words.Length), true));
            from = at + words.Length;
        }

        if (from < text.Length)
        {
            parts.Add(new DiffPart(text[from..], false));
        }

        return new MarkedText(parts);

        int Next(int start) => text.IndexOf(words, start, StringComparison.OrdinalIgnoreCase);
    }
}
