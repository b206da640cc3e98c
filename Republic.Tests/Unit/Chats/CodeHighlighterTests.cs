using System.Net;
using System.Text.RegularExpressions;
using Republic.Core.Chats.Prose;

namespace Republic.Tests.Unit.Chats;

public sealed partial class CodeHighlighterTests
{
    private static readonly string[] Snippets =
    [
        "public sealed class A { int x = 0x1F; string s = \"a\\\"b\"; /* c */ } // end",
        "def f(x):\n    # it's a comment\n    return 'a' + \"b\" * 3.14",
        "location /live/ {\n  proxy_buffering off; # each frame at once\n  proxy_read_timeout 1h;\n}",
        "select 'it''s' from t where a >= 10 -- note\n/* unfinished",
        "echo \"$HOME\" && curl https://a.example/#b # c",
        "<a href=\"x\">it's &amp; that</a><!-- c",
        "{\"a\": [1, 2.5, true, null]}",
        "`never\nclosed ${x}",
        "\"never closed",
        "'",
        "emoji 🦉 and ключ = значение\0\u2028",
    ];

    [Fact]
    public void The_text_is_never_changed_in_any_language_wherever_it_is_cut_off()
    {
        foreach (var language in (string?[])["csharp", "python", "nginx", "sql", "bash", "html", "json", "css", "js", "unknown", null])
        {
            foreach (var code in Snippets)
            {
                for (var length = 0; length <= code.Length; length++)
                {
                    var cut = code[..length];
                    if (length > 0 && char.IsHighSurrogate(cut[^1]))
                    {
                        continue;
                    }

                    Assert.Equal(cut, WebUtility.HtmlDecode(Tags().Replace(CodeHighlighter.Marked(cut, language), "")));
                }
            }
        }
    }

    [Theory]
    [InlineData("csharp", "return 1; // x", "<span class=\"k\">return</span> <span class=\"n\">1</span>; <span class=\"c\">// x</span>")]
    [InlineData("python", "x = 'a'", "x = <span class=\"s\">&#x27;a&#x27;</span>")]
    [InlineData("sql", "SELECT 1", "<span class=\"k\">SELECT</span> <span class=\"n\">1</span>")]
    [InlineData("html", "<b>x</b>", "&lt;<span class=\"k\">b</span>&gt;x&lt;/<span class=\"k\">b</span>&gt;")]
    [InlineData("bash", "a#b", "a#b")]
    [InlineData("nothing", "return 1", "return 1")]
    public void Keywords_strings_comments_and_numbers_are_marked(string language, string code, string html) =>
        Assert.Equal(html, CodeHighlighter.Marked(code, language));

    [Theory]
    [InlineData("\"\\")]
    [InlineData("\"")]
    [InlineData("'\"`\\")]
    [InlineData("\"a ")]
    [InlineData("`\n")]
    public void Work_grows_with_the_length_and_no_faster(string piece)
    {
        var code = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        foreach (var name in (string[])["csharp", "python", "js", "bash", "sql"])
        {
            var language = CodeLanguage.Find(name)!;
            var (html, steps) = CodeHighlighter.Measured(code, language);

            Assert.InRange(steps, 0, (language.Quotes.Length + 1L) * code.Length);
            Assert.Equal(code, WebUtility.HtmlDecode(Tags().Replace(html, "")));
        }
    }

    [GeneratedRegex("</?span[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();
}
