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

    /// <summary>How often a day (UTC) a minion may begin with the same task.</summary>
    public int StartsADay { get; set; } = 3;

    /// <summary>The most tokens of prompt and answer of one attempt, about.</summary>
    public int MaxTokens { get; set; } = 50_000;

    /// <summary>The longest that one attempt may take.</summary>
    public TimeSpan MaxTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many of one person's tasks are worked on at the same time.</summary>
    public int AtOncePerPerson { get; set; } = 4;
}
