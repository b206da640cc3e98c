using System.Text;
using System.Text.RegularExpressions;
using Republic.Core.Answering.Tools;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Tools.BuiltIn.Web;

/// <summary>The text of a page as a model reads it.</summary>
internal static class WebPageText
{
    public const string Accepts = "text/html, application/xhtml+xml, text/plain, text/markdown, application/json;q=0.9, */*;q=0.1";
    private const int MaxText = 28_000;

    /// <exception cref="ToolException">It is no text.</exception>
    public static string Of(WebAnswer answer, CancellationToken ct)
    {
        var text = answer.MediaType switch
        {
            "text/html" or "application/xhtml+xml" => Html(Decoded(answer), ct),
            "text/plain" or "text/markdown" or "application/json" => Decoded(answer),
            "" => throw new ToolException(
                $"{answer.Address.Host} does not say what this is, so it is not read. Web pages and plain texts are."
            ),
            var type => throw new ToolException(
                $"This is no page but a file of the type {type.AtMost(100)}. Web pages, plain text, Markdown and JSON are read."
            ),
        };
        return string.IsNullOrWhiteSpace(text)
                ? throw new ToolException("There is no text in this page; a program in it may write one in a browser.")
            : text.Length <= MaxText ? text
            : $"{text.AtMost(MaxText)}\n… (The page goes on: it has {Counted.Of(text.Length)} characters.)";
    }

    private static string Html(string html, CancellationToken ct)
    {
        try
        {
            var into = new BlockWriter(new IngestOptions());
            HtmlReader.Read(html, into, ct);
            return into.IsEmpty ? "" : into.ToDocument().Text;
        }
        catch (Exception error) when (error is UnreadableException or RegexMatchTimeoutException)
        {
            throw new ToolException($"The page cannot be read: {error.Message}");
        }
    }

    /// <summary>The text in the encoding that the server names, else in the one that its bytes show.</summary>
    private static string Decoded(WebAnswer answer)
    {
        var named = answer.Charset is null or "utf-8" or "UTF-8" ? null : CodePagesEncodingProvider.Instance.GetEncoding(answer.Charset);
        return named?.GetString(answer.Body) ?? TextDecoding.Decode(answer.Body);
    }
}
