namespace Republic.Web.Pages.Knowledge;

/// <summary>A stretch of a document's text: code, or anything else.</summary>
public sealed record CodePart(string Text, bool IsCode)
{
    /// <summary>Where code stands in a text: between fences of Markdown, with them. One that is never closed goes to the end.</summary>
    public static IReadOnlyList<(int From, int To)> Places(string text)
    {
        var places = new List<(int From, int To)>();
        string? fence = null;
        var start = 0;
        for (var at = 0; at < text.Length; )
        {
            var end = text.IndexOf('\n', at) is var found and >= 0 ? found + 1 : text.Length;
            var line = text.AsSpan(at, end - at).Trim();
            if (fence is null)
            {
                (fence, start) = (FenceOf(line), at);
            }
            else if (line.StartsWith(fence, StringComparison.Ordinal) && line.IndexOfAnyExcept(fence[0]) < 0)
            {
                places.Add((start, end));
                fence = null;
            }

            at = end;
        }

        if (fence is not null)
        {
            places.Add((start, text.Length));
        }

        return places;
    }

    /// <summary>A part of a text, cut where code begins and ends in it.</summary>
    public static IReadOnlyList<CodePart> Of(string text, int from, int to, IReadOnlyList<(int From, int To)> code)
    {
        var parts = new List<CodePart>();
        foreach (var place in code.Where(place => place.To > from && place.From < to))
        {
            Add(from, Math.Max(from, place.From), isCode: false);
            Add(Math.Max(from, place.From), Math.Min(to, place.To), isCode: true);
            from = Math.Min(to, place.To);
        }

        Add(from, to, isCode: false);
        return parts;

        void Add(int first, int end, bool isCode)
        {
            if (end > first)
            {
                parts.Add(new CodePart(text[first..end], isCode));
            }
        }
    }

    private static string? FenceOf(ReadOnlySpan<char> line) =>
        line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal)
            ? new string(line[0], line.IndexOfAnyExcept(line[0]) is var length and >= 0 ? length : line.Length)
            : null;
}
