namespace Republic.Core.Archives;

/// <summary>Times out of an archive, which may say anything.</summary>
internal static class ArchiveTime
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time in UTC; now where it cannot have been then.</summary>
    public static DateTimeOffset Past(DateTimeOffset time, DateTimeOffset now) =>
        time >= Earliest && time < now ? time.ToUniversalTime() : now;
}
