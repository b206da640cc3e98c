namespace Republic.Core.Tasks;

/// <summary>The limits of tasks. Settings below <c>Tasks</c>.</summary>
public sealed class TaskOptions
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>The largest file of a task.</summary>
    public long MaxFileBytes { get; set; } = 25 * Megabyte;

    /// <summary>The number of files of one task.</summary>
    public int MaxFiles { get; set; } = 20;

    /// <summary>The bytes that all files of one person's tasks may take together.</summary>
    public long QuotaBytes { get; set; } = 1024L * Megabyte;
}
