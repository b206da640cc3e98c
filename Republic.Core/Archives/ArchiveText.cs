using Republic.Core.Files;

namespace Republic.Core.Archives;

/// <summary>
/// Texts of an archive that are shown and kept beside what is imported: one line, without what is not seen, and not longer than this.
/// </summary>
internal static class ArchiveText
{
    public static string Plain(string? text, int most) =>
        new string([.. (text ?? "").Where(letter => !FileNames.Disturbs(letter))]).Trim().AtMost(most);
}
