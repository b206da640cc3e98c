namespace Republic.Core.Knowledge.Cutting;

/// <summary>A text in the pieces that it can be split at: sentences, and lines.</summary>
public static class SentenceParts
{
    public static IReadOnlyList<(int Start, int Length)> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = new List<(int Start, int Length)>();
        for (var at = 0; at < text.Length; )
        {
            var line = text.IndexOf('\n', at);
            var end = Sentences.EndOf(text, at, line < 0 ? text.Length : line + 1);
            end = Sentences.AfterSpace(text, end, text.Length);
            parts.Add((at, end - at));
            at = end;
        }

        return parts;
    }
}
