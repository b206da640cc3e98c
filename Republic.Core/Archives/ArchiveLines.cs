namespace Republic.Core.Archives;

/// <summary>JSON Lines, as far as <c>System.Text.Json</c> does not know them.</summary>
internal static class ArchiveLines
{
    public static readonly byte[] End = "\n"u8.ToArray();
}
