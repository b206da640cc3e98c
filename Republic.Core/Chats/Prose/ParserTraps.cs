namespace Republic.Core.Chats.Prose;

/// <summary>Text for which the Markdown parser takes seconds, as its time grows with the square of what is open. Nobody writes it to be read.</summary>
internal static class ParserTraps
{
    private const int MostBrackets = 500;
    private const int DeepestNesting = 100;

    public static bool AreIn(string markdown)
    {
        var open = 0;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            // A bracket is closed within its paragraph, or never.
            open = line.IsWhiteSpace() ? 0 : open;
            foreach (var c in line)
            {
                open = Math.Max(
                    0,
                    open
                        + (
                            c == '[' ? 1
                            : c == ']' ? -1
                            : 0
                        )
                );
                if (open > MostBrackets)
                {
                    return true;
                }
            }

            if (Nesting(line) > DeepestNesting)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many quotes and lists a line is in that begin with it.</summary>
    private static int Nesting(ReadOnlySpan<char> line)
    {
        var markers = 0;
        for (
            var i = 0;
            i < line.Length && (IsBlank(line[i]) || line[i] is '>' or '-' or '*' or '+' or '.' or ')' or (>= '0' and <= '9'));
            i++
        )
        {
            var isItem = line[i] is '-' or '*' or '+' or '.' or ')' && i + 1 < line.Length && IsBlank(line[i + 1]);
            markers += isItem || line[i] == '>' ? 1 : 0;
        }

        return markers;

        static bool IsBlank(char c) => c is ' ' or '\t';
    }
}
