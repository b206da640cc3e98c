namespace Republic.Core.Knowledge.Cutting;

/// <summary>A text in the pieces that it can be split at: sentences, and lines.</summary>
public static class SentenceParts
{
    public static IReadOnlyList<(int Start, int Length)> Of(string text)
    {
        var parts = new List<(int Start, int Length)>();
        for (var at = 0; at < text.Length; )
        {
            var end = Sentences.AfterSpace(text, Sentences.EndOf(text, at, LineEnd(text, at)), text.Length);
            parts.Add((at, end - at));
            at = end;
        }

        return parts;
    }

    /// <summary>The end of the line, over lines that go on in the middle of a sentence: those begin with a small letter.</summary>
    private static int LineEnd(string text, int from)
    {
        var end = text.IndexOf('\n', from);
        while (end >= 0 && end + 1 < text.Length && char.IsLower(text[end + 1]))
        {
            end = text.IndexOf('\n', end + 1);
        }

        return end < 0 ? text.Length : end + 1;
    }
}
