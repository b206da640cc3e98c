namespace Republic.Core.Jobs;

/// <summary>
/// How long a job is held whose process died again and again, and what is said of it. After each hold it gets one start: what kills its
/// process does so a few times a day and no more, and what was not to blame goes on by itself.
/// </summary>
internal static class JobHold
{
    /// <summary>Jobs that one process took with it are not begun again together, or whichever kills it would take the others again.</summary>
    private const double Spread = 0.1;

    /// <summary>With the usual first hold 10 minutes, half an hour, two hours, and from then on six.</summary>
    private static readonly double[] Growth = [1, 3, 12, 36];

    /// <param name="first">The longest that it is held the first time.</param>
    public static TimeSpan Pause(TimeSpan first, Job job) =>
        first * Growth[Math.Min(job.Holds, Growth.Length - 1)] * (1 - (Spread * ShareOf(job.Id)));

    public static string Why(int starts) =>
        $"It was begun {Counted.Of(starts, "time")}, and each time its process died or lost the database";

    /// <param name="holds">Between these starts.</param>
    public static string GivenUp(int starts, int holds) =>
        $"{Why(starts)}{(holds == 0 ? "" : $", though it was held {Counted.Of(holds, "time")} in between")}. Look at the log.";

    /// <summary>0 to 1, the same for a job each time: the end of its id was drawn at random.</summary>
    private static double ShareOf(Guid job) => job.ToByteArray()[^1] / 255.0;
}
