namespace Republic.Core.Archives;

/// <summary>Settings below <c>Archives</c>.</summary>
public sealed class ArchiveOptions
{
    private const long Gigabyte = 1024L * 1024 * 1024;

    /// <summary>The largest archive that is taken in.</summary>
    public long MaxUploadBytes { get; set; } = 20 * Gigabyte;

    /// <summary>What archives of one person that wait to be imported may take on the disk, and what one of them may unpack to.</summary>
    public long QuotaBytes { get; set; } = 20 * Gigabyte;

    /// <summary>The most entries of an archive.</summary>
    public int MaxEntries { get; set; } = 200_000;

    /// <summary>How many exports a person may begin in a day.</summary>
    public int ExportsADay { get; set; } = 20;

    /// <summary>How many archives a person may have imported in a day.</summary>
    public int ImportsADay { get; set; } = 50;

    /// <summary>How long a finished export, or an import, is kept.</summary>
    public int DaysKept { get; set; } = 7;
}
