namespace Republic.Core.Chats;

/// <summary>The beginning of a text where only a line of plain words has room: titles and lists.</summary>
internal static class PlainWords
{
    private const string Markup = "#*_`>~|[]";

    public static string OneLine(string text, int length)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim(Markup.ToCharArray()))
            .Where(word => word.Length > 0 && word != "-");
        var line = string.Join(' ', words);
        if (line.Length <= length)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', length - 1);
        var end = cut > length / 2 ? cut : length - 1;
        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[end - 1]) ? end - 1 : end).TrimEnd(",.;:".AsSpan()), "…");
    }
}
