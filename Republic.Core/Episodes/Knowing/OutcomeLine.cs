namespace Republic.Core.Episodes.Knowing;

/// <summary>The first line of an answer that names its outcome.</summary>
internal static class OutcomeLine
{
    public const string Key = "OUTCOME:";

    /// <summary>Splits an answer into its label and the rest.</summary>
    /// <returns>No label, and the whole text, where it names none of them.</returns>
    public static (string? Label, string Text) Read(string answer, IReadOnlyList<string> labels)
    {
        var text = answer.Trim();
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var line = Plain(end < 0 ? text : text[..end]);
        if (!line.StartsWith(Key, StringComparison.OrdinalIgnoreCase))
        {
            return (null, text);
        }

        var named = Plain(line[Key.Length..]);
        var label = labels.FirstOrDefault(one => one.Equals(named, StringComparison.OrdinalIgnoreCase));
        var rest = end < 0 ? "" : text[end..].Trim();
        return (label, VisibleText.OrNull(rest) ?? label ?? text);
    }

    /// <summary>The label that an answer of a word or a short sentence names; null where it names none, or several.</summary>
    public static string? Label(string answer, IReadOnlyList<string> labels)
    {
        var plain = Plain(answer);
        if (labels.FirstOrDefault(one => one.Equals(plain, StringComparison.OrdinalIgnoreCase)) is { } exact)
        {
            return exact;
        }

        var words = plain.Split(
            [' ', '\n', '\t', ',', '.', ':', ';', '!', '?', '"', '\'', '*', '_', '`', '(', ')'],
            StringSplitOptions.RemoveEmptyEntries
        );
        var named = labels.Where(label => words.Contains(label, StringComparer.OrdinalIgnoreCase)).ToList();
        return named is [var only] ? only : null;
    }

    /// <summary>Without the marks that models like to put around a word.</summary>
    private static string Plain(string text) =>
        text.Trim().Trim('*', '_', '`', '#', '"', '\'', '“', '”', '.', '!', '[', ']', '<', '>', ' ');
}
