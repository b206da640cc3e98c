using System.Globalization;
using Republic.Core.Tasks;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>When tasks are due, as people read it.</summary>
internal static class TaskTimes
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The day that it is for whoever looks, as the days are kept on which tasks are due: from its midnight in UTC.</summary>
    public static DateTimeOffset Today(LocalTime local) => new(local.Today.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public static string Day(DateTimeOffset time, DateTimeOffset today) =>
        time.ToString(time.Year == today.Year ? "d MMM" : "d MMM yyyy", Culture);

    /// <summary>When it is due, and how that should be seen; null where it is not.</summary>
    public static (string Day, string? Tone)? Due(DateTimeOffset? due, WorkTaskStatus status, DateTimeOffset today)
    {
        if (due is not { } time)
        {
            return null;
        }

        if (status is WorkTaskStatus.Done or WorkTaskStatus.Archived || time >= today.AddDays(1))
        {
            return (Day(time, today), null);
        }

        return time >= today ? ("today", "warn") : ($"{Day(time, today)}, overdue", "bad");
    }
}
