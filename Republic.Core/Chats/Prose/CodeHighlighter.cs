using System.Text;

namespace Republic.Core.Chats.Prose;

/// <summary>
/// Marks keywords (k), strings (s), comments (c) and numbers (n), well enough for reading. It never changes the text, and passes over
/// it once, so that no code can make it slow.
/// </summary>
internal sealed class CodeHighlighter
{
    private readonly string code;
    private readonly CodeLanguage language;
    private readonly StringBuilder html;

    /// <summary>Of each quote, up to where none closes: a string that begins before that has no end either.</summary>
    private readonly int[] open;
    private int at;

    private CodeHighlighter(string code, CodeLanguage language) =>
        (this.code, this.language, html, open) = (code, language, new StringBuilder(code.Length * 2), new int[language.Quotes.Length]);

    /// <summary>How many characters were looked at in search of the ends of strings.</summary>
    internal long Steps { get; private set; }

    public static string Marked(string code, string? languageName) =>
        CodeLanguage.Find(languageName) is { } language ? new CodeHighlighter(code, language).Run() : Html.Encode(code);

    /// <summary>The same, with how much work it was.</summary>
    internal static (string Html, long Steps) Measured(string code, CodeLanguage language)
    {
        var highlighter = new CodeHighlighter(code, language);
        return (highlighter.Run(), highlighter.Steps);
    }

    private string Run()
    {
        while (at < code.Length)
        {
            if (CommentEnd() is { } comment)
            {
                Take(comment, "c");
            }
            else if (StringEnd() is { } text)
            {
                Take(text, "s");
            }
            else if (char.IsAsciiDigit(code[at]))
            {
                Take(WordEnd(dots: true), "n");
            }
            else if (IsWordPart(code[at]))
            {
                var end = WordEnd(dots: false);
                Take(end, IsKeyword(end) ? "k" : null);
            }
            else
            {
                var end = at + (at + 1 < code.Length && char.IsSurrogatePair(code[at], code[at + 1]) ? 2 : 1);
                while (end < code.Length && IsPlain(code[end]))
                {
                    end++;
                }

                Take(end, null);
            }
        }

        return html.ToString();
    }

    private int? CommentEnd()
    {
        if (language.BlockComment is { } block && Has(block.Open))
        {
            var close = code.IndexOf(block.Close, at + block.Open.Length, StringComparison.Ordinal);
            return close < 0 ? code.Length : close + block.Close.Length;
        }

        // In “a#b” and “http://” it is no comment.
        var isFree = at == 0 || char.IsWhiteSpace(code[at - 1]) || code[at - 1] is ';' or '{' or '}' or ')' or ',';
        if (!isFree || !language.LineComments.Any(Has))
        {
            return null;
        }

        var end = code.IndexOf('\n', at);
        return end < 0 ? code.Length : end;
    }

    private int? StringEnd()
    {
        var quote = code[at];
        var kind = language.Quotes.IndexOf(quote);
        if (kind < 0 || at < open[kind])
        {
            return null;
        }

        var i = at + 1;
        for (; i < code.Length; i++)
        {
            Steps++;
            if (code[i] == '\\')
            {
                i++;
            }
            else if (code[i] == quote)
            {
                return i + 1;
            }
            else if (code[i] == '\n' && quote != '`')
            {
                break;
            }
        }

        // Never closed on its line: an apostrophe, or the tail of an answer that is still being written. Which quotes are escaped does not
        // depend on where a string begins, so whatever else begins before this place is not closed either.
        open[kind] = i;
        return null;
    }

    private int WordEnd(bool dots)
    {
        var end = at + 1;
        while (
            end < code.Length
            && (IsWordPart(code[end]) || (dots && code[end] == '.' && end + 1 < code.Length && char.IsAsciiDigit(code[end + 1])))
        )
        {
            end++;
        }

        return end;
    }

    private bool IsKeyword(int end) => language.IsMarkup ? at > 0 && code[at - 1] is '<' or '/' : language.Keywords.Contains(code[at..end]);

    private bool Has(string sign) => string.CompareOrdinal(code, at, sign, 0, sign.Length) == 0;

    private bool IsPlain(char c) => (char.IsWhiteSpace(c) || c is '(' or ')' or '=' or '.' or ',' or ':') && !language.Quotes.Contains(c);

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void Take(int end, string? kind)
    {
        var text = Html.Encode(code[at..end]);
        html.Append(kind is null ? text : $"<span class=\"{kind}\">{text}</span>");
        at = end;
    }
}
