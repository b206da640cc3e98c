using System.Globalization;
using Republic.Core;
using Republic.Core.Backups.Schedules;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Admin.Backups;

/// <summary>The schedule of backups as it is typed.</summary>
public sealed class BackupScheduleForm
{
    public string? Day { get; set; }
    public string? At { get; set; }
    public string? TimeZone { get; set; }
    public string? Keep { get; set; }

    /// <param name="zone">That of the browser, which is proposed where nobody has saved a schedule yet.</param>
    public static BackupScheduleForm Of(BackupSchedule schedule, TimeZoneInfo? zone) =>
        new()
        {
            Day = schedule.DayName,
            At = schedule.At.ToString("HH:mm", CultureInfo.InvariantCulture),
            TimeZone = schedule.ChangedAt is null && zone is { HasIanaId: true } ? zone.Id : schedule.TimeZone,
            Keep = schedule.Keep.ToString(CultureInfo.InvariantCulture),
        };

    /// <param name="unreadable">Gets what is no number.</param>
    public BackupScheduleInput ToInput(List<FieldError> unreadable) =>
        new(
            Day,
            Day == BackupSchedule.Off && string.IsNullOrEmpty(At) ? null : At ?? "",
            TimeZone,
            TypedNumber.Whole("keep", Keep, unreadable)
        );
}
