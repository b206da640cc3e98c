using System.Globalization;

namespace Republic.Core.Files;

/// <summary>Makes the file names that people send safe to show. Such a name is never part of a path.</summary>
public static class FileNames
{
    private const int Longest = 200;

    /// <summary>
    /// The name without folders and without control, formatting and line-separating characters, cut to 200 characters; null where nothing
    /// is left.
    /// </summary>
    public static string? Shown(string? fileName)
    {
        var name = new string([.. (fileName ?? "").Split('/', '\\')[^1].Where(letter => !Disturbs(letter))]).Trim();
        // Half of a character could not be stored.
        var length = name.Length > Longest && char.IsHighSurrogate(name[Longest - 1]) ? Longest - 1 : Math.Min(name.Length, Longest);
        return length == 0 ? null : name[..length];
    }

    /// <summary>True where a name has nothing to be seen, or letters that look like none or change how others look.</summary>
    public static bool Misleads(string name) => string.IsNullOrWhiteSpace(name) || name.Any(Disturbs);

    // Marks that turn the reading direction around make gpj.exe look like exe.jpg.
    internal static bool Disturbs(char letter) =>
        char.GetUnicodeCategory(letter)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
