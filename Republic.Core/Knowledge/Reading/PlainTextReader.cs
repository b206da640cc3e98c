namespace Republic.Core.Knowledge.Reading;

/// <summary>Text without marks: its paragraphs are what blank lines separate.</summary>
internal static class PlainTextReader
{
    public static void Read(ReadOnlySpan<char> text, BlockWriter into, int? page = null)
    {
        var start = 0;
        var at = 0;
        while (at < text.Length)
        {
            var length = text[at..].IndexOf('\n');
            var end = length < 0 ? text.Length : at + length + 1;
            if (text[at..end].IsWhiteSpace())
            {
                into.Add(BlockKind.Paragraph, text[start..at], page: page);
                start = end;
            }

            at = end;
        }

        into.Add(BlockKind.Paragraph, text[start..], page: page);
    }
}
