using System.Text.RegularExpressions;

namespace Republic.Core.Archives.Importing.Reading;

/// <summary>Which names entries may have. They never become part of a path of this machine; those that could are refused all the same.</summary>
internal static partial class ArchivePaths
{
    private const int Longest = 300;

    /// <summary>Folders and a file, of plain letters, divided by slashes: no <c>..</c>, no drive, no beginning at the root.</summary>
    public static bool IsFine(string name) => name.Length <= Longest && Plain().IsMatch(name);

    [GeneratedRegex(@"\A(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/){0,4}[A-Za-z0-9_][A-Za-z0-9_.-]*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();
}
