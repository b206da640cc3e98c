using Republic.Web.Pages.Shared;

namespace Republic.Web.Cli.Remote;

/// <summary>Text of a server that is safe in a terminal: without control characters and marks that change the reading direction.</summary>
internal static class RemoteText
{
    public static string OneLine(string? text) => Plain(text ?? "").Trim();

    /// <summary>The lines of a text, longer ones broken at spaces.</summary>
    /// <param name="width">The most characters of a line; 0 breaks none.</param>
    public static IEnumerable<string> Lines(string? text, int width) =>
        (text ?? "").Trim().ReplaceLineEndings("\n").Split('\n').SelectMany(line => Broken(Plain(line).TrimEnd(), width));

    /// <summary>A text of at most so many characters, with an ellipsis where it was longer.</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private static IEnumerable<string> Broken(string line, int width)
    {
        while (width > 0 && line.Length > width)
        {
            var space = line.LastIndexOf(' ', width);
            var end = space > 0 ? space : width;
            yield return line[..end].TrimEnd();
            line = line[end..].TrimStart();
        }

        yield return line;
    }

    private static string Plain(string text) => PlainName.Of(string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)));
}
