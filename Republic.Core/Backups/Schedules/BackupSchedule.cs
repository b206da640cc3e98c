using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Times;

namespace Republic.Core.Backups.Schedules;

/// <summary>When backups are made by themselves, and how many are kept: one row of the whole installation, and none until somebody saves it.</summary>
public sealed class BackupSchedule
{
    public const int MinKept = 1;
    public const int MaxKept = 60;

    /// <summary>In the place of a day: no backup is made by itself.</summary>
    public const string Off = "off";

    public int Id { get; init; } = 1;

    public bool IsOn { get; set; }

    /// <summary>Null for every day.</summary>
    public DayOfWeek? Day { get; set; }

    public TimeOnly At { get; set; } = new(3, 0);

    public string TimeZone { get; set; } = "UTC";

    /// <summary>How many files are kept. Older ones are removed after a new one was made.</summary>
    public int Keep { get; set; } = 7;

    /// <summary>Null while it is off.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>Null once that account is deleted.</summary>
    public Guid? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }

    public ScheduleTime Time
    {
        get => new(Day, At, null, TimeZone);
        set => (Day, At, TimeZone) = (value.Day, value.At, value.TimeZone);
    }

    /// <summary>As the API and the form have it: <c>off</c>, <c>every</c>, or a day of the week in English.</summary>
    public string DayName => IsOn ? Day?.ToString().ToLowerInvariant() ?? ScheduleTimeParser.EveryDay : Off;

    /// <summary>When, in words.</summary>
    public string Sentence => IsOn ? Time.Sentence : "Off";

    /// <summary>The time between two; a week while it is off.</summary>
    public TimeSpan Interval => TimeSpan.FromDays(IsOn && Day is null ? 1 : 7);

    /// <summary>As it is saved, or as it is before anybody saved it.</summary>
    internal static async Task<BackupSchedule> ReadAsync(RepublicDb db, CancellationToken ct) =>
        await db.BackupSchedules.AsNoTracking().SingleOrDefaultAsync(ct) ?? new BackupSchedule();

    /// <summary>The first time after this moment; those that were missed before are not made up for a second time.</summary>
    internal void Plan(DateTimeOffset now) => NextAt = IsOn ? Time.Next(now).At : null;
}
