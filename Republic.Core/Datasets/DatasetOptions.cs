namespace Republic.Core.Datasets;

/// <summary>Settings below <c>Datasets</c>.</summary>
public sealed class DatasetOptions
{
    private const long Gigabyte = 1024L * 1024 * 1024;

    /// <summary>The largest file that is taken.</summary>
    public long MaxUploadBytes { get; set; } = 2 * Gigabyte;

    /// <summary>What all sources and versions of one person may take on the disk.</summary>
    public long QuotaBytes { get; set; } = 10 * Gigabyte;

    /// <summary>What rows of one dataset may be edited into, those that wait and those of all its versions together.</summary>
    public long MaxEditedBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many files one form may carry.</summary>
    public int MaxFiles { get; set; } = 500;

    /// <summary>The largest list of rows that is taken as JSON. A file has its own, higher limit.</summary>
    public long MaxJsonBytes { get; set; } = 16 * 1024 * 1024;
}
