namespace Republic.Web.Pages.Shared;

/// <param name="Tag"><c>mark</c>, <c>del</c> or <c>ins</c>.</param>
public sealed record MarkedText(IReadOnlyList<DiffPart> Parts, string Tag = "mark")
{
    /// <param name="marks">One after the other, in characters of the text.</param>
    public static MarkedText At(string text, IReadOnlyList<(int Begin, int Length)> marks)
    {
        List<DiffPart> parts = [];
        var from = 0;
        foreach (var (begin, length) in marks)
        {
            parts.Add(new DiffPart(text[from..begin], false));
            parts.Add(new DiffPart(text.Substring(begin, length), true));
            from = begin + length;
        }

        parts.Add(new DiffPart(text[from..], false));
        return new MarkedText([.. parts.Where(part => part.Text.Length > 0)]);
    }

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
