namespace Republic.Core.Knowledge.Reading;

/// <summary>Markdown keeps its own marks, as people write them: only its headings, lists and code are told apart.</summary>
internal static class MarkdownReader
{
    public static void Read(string text, BlockWriter into)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var block = new List<string>();
        var kind = BlockKind.Paragraph;
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at];
            if (FenceOf(line) is { } fence)
            {
                Flush();
                var end = at + 1;
                while (end < lines.Length && !Closes(lines[end], fence))
                {
                    end++;
                }

                into.Add(BlockKind.Code, string.Join('\n', lines[at..Math.Min(end + 1, lines.Length)]));
                at = end;
            }
            else if (LevelOf(line) is var level and > 0)
            {
                Flush();
                into.Add(BlockKind.Heading, Plain(line.Trim(' ', '\t', '#')), level);
            }
            else if (kind == BlockKind.Paragraph && block.Count == 1 && IsUnderline(line))
            {
                into.Add(BlockKind.Heading, Plain(block[0]), line.TrimStart()[0] == '=' ? 1 : 2);
                block.Clear();
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
                // A list goes on after a blank line, where the next is an item of it or indented.
                if (kind != BlockKind.List || at + 1 >= lines.Length || !GoesOn(lines[at + 1]))
                {
                    Flush();
                }
            }
            else
            {
                kind =
                    block.Count > 0 ? kind
                    : IsItem(line) ? BlockKind.List
                    : BlockKind.Paragraph;
                block.Add(line);
            }
        }

        Flush();

        void Flush()
        {
            into.Add(kind, string.Join('\n', block));
            block.Clear();
            kind = BlockKind.Paragraph;
        }
    }

    private static string Plain(string heading) => heading.Replace("`", "").Replace("**", "").Trim();

    private static string? FenceOf(string line)
    {
        var text = line.AsSpan().TrimStart();
        if (line.Length - text.Length > 3 || !(text.StartsWith("```") || text.StartsWith("~~~")))
        {
            return null;
        }

        var length = text.IndexOfAnyExcept(text[0]);
        return new string(text[0], length < 0 ? text.Length : length);
    }

    private static bool Closes(string line, string fence)
    {
        var text = line.AsSpan().Trim();
        return text.StartsWith(fence) && text.IndexOfAnyExcept(fence[0]) < 0;
    }

    private static bool GoesOn(string next) => next.StartsWith("  ", StringComparison.Ordinal) || next.StartsWith('\t') || IsItem(next);

    /// <summary>0 where it is no heading.</summary>
    private static int LevelOf(string line)
    {
        var text = line.AsSpan().TrimStart(' ');
        var marks = text.IndexOfAnyExcept('#');
        return line.Length - text.Length <= 3 && marks is >= 1 and <= 6 && text[marks] is ' ' or '\t' ? marks : 0;
    }

    private static bool IsUnderline(string line) =>
        line.AsSpan().Trim() is { Length: >= 2 } text && text[0] is '=' or '-' && text.IndexOfAnyExcept(text[0]) < 0;

    private static bool IsItem(string line)
    {
        var text = line.AsSpan().TrimStart(' ');
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        return line.Length - text.Length <= 3
            && (
                text is ['-' or '*' or '+', ' ' or '\t', ..] || (digits is >= 1 and <= 9 && text[digits..] is ['.' or ')', ' ' or '\t', ..])
            );
    }
}
