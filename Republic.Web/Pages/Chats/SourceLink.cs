using Republic.Core.Answering.Traces;

namespace Republic.Web.Pages.Chats;

/// <summary>From a citation to the passage in its document.</summary>
internal static class SourceLink
{
    private const int SnippetLength = 160;

    public static string To(CitedPassage passage) =>
        $"/knowledge/{passage.CollectionId}/documents/{passage.DocumentId}?passage={passage.PassageId}#p-{passage.PassageId}";

    /// <summary>Its first words on one line.</summary>
    public static string Snippet(CitedPassage passage)
    {
        var line = string.Join(' ', passage.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= SnippetLength)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', SnippetLength);
        end = end > SnippetLength / 2 ? end : SnippetLength;
        return $"{line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)]}…";
    }
}
