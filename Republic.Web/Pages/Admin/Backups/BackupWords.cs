using Republic.Core.Backups.Schedules;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Admin.Backups;

/// <summary>Backups in words.</summary>
internal static class BackupWords
{
    /// <summary>What the form offers, as the schedule has it.</summary>
    public static IReadOnlyList<string> Days { get; } =
    [BackupSchedule.Off, "every", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static string OfDay(string day) =>
        day switch
        {
            BackupSchedule.Off => "Never",
            "every" => "Every day",
            _ => $"Every {char.ToUpperInvariant(day[0])}{day[1..]}",
        };

    /// <summary>"5 hours old".</summary>
    public static string Age(TimeSpan age) =>
        age.TotalHours < 1 ? "less than an hour old"
        : age.TotalHours < 48 ? $"{Figures.Count((long)age.TotalHours, "hour")} old"
        : $"{Figures.Count((long)age.TotalDays, "day")} old";

    /// <summary>Null where a backup is young enough.</summary>
    public static string? Warning(BackupOverview now)
    {
        if (!now.IsLate)
        {
            return null;
        }

        var fact =
            now.Age is { } age ? $"The last good backup is {Age(age)}."
            : now.Backups.Any(one => one.Status == BackupStatus.Completed) ? "No backup has its file in the folder."
            : "There is no backup yet: if this disk is lost, so is everything here.";
        var advice =
            !now.Schedule.IsOn ? "None is planned. Choose below when one is made."
            : now.Schedule.Day is null ? "One should be made every day."
            : "One should be made every week.";
        return $"{fact} {advice}";
    }
}
