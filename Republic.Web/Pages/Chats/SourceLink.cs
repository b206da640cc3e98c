using Republic.Core.Answering.Traces;

namespace Republic.Web.Pages.Chats;

/// <summary>From a citation to the passage in its document, or in help.</summary>
internal static class SourceLink
{
    private const int SnippetLength = 160;

    /// <summary>Shorter words are in every sentence.</summary>
    private const int ShortestWord = 4;

    public static string To(CitedPassage passage) =>
        passage.Address
        ?? $"/knowledge/{passage.CollectionId}/documents/{passage.DocumentId}?passage={passage.PassageId}#p-{passage.PassageId}";

    /// <summary>Its words on one line, from the sentence on that has most in common with the answer.</summary>
    public static string Snippet(CitedPassage passage, string answer)
    {
        var line = string.Join(' ', passage.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= SnippetLength)
        {
            return line;
        }

        var said = Words(answer);
        var start = Sentences(line).MaxBy(sentence => Words(line[sentence]).Count(said.Contains)).Start.Value;
        var (rest, before) = (line[start..], start > 0 ? "… " : "");
        if (rest.Length <= SnippetLength)
        {
            return before + rest;
        }

        var end = rest.LastIndexOf(' ', SnippetLength);
        end = end > SnippetLength / 2 ? end : SnippetLength;
        return $"{before}{rest[..(char.IsHighSurrogate(rest[end - 1]) ? end - 1 : end)]}…";
    }

    private static IEnumerable<Range> Sentences(string line)
    {
        var start = 0;
        for (var i = 1; i < line.Length - 1; i++)
        {
            if (line[i] == ' ' && line[i - 1] is ('.' or '!' or '?'))
            {
                yield return start..i;
                start = i + 1;
            }
        }

        yield return start..line.Length;
    }

    private static HashSet<string> Words(string text) =>
        [
            .. string.Concat(text.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' '))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word.Length >= ShortestWord),
        ];
}
