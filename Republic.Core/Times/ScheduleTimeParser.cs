using System.Globalization;

namespace Republic.Core.Times;

/// <summary>Reads the time of a schedule as somebody typed it. Parts that are left out stay as they were.</summary>
internal static class ScheduleTimeParser
{
    public const string EveryDay = "every";
    private static readonly string[] Clock = ["HH:mm", "H:mm", "HH:mm:ss"];

    /// <param name="errors">Gets what cannot be read.</param>
    public static ScheduleTime Parse(
        ScheduleTime before,
        string? day,
        string? at,
        string? until,
        string? timeZone,
        List<FieldError> errors
    ) =>
        new(
            day is null ? before.Day : Day(day, errors),
            at is null ? before.At : Time("at", at, errors) ?? before.At,
            until switch
            {
                null => before.Until,
                "" => null,
                var end => Time("until", end, errors),
            },
            string.IsNullOrWhiteSpace(timeZone) ? before.TimeZone : timeZone.Trim()
        );

    /// <returns>Null for every day.</returns>
    private static DayOfWeek? Day(string typed, List<FieldError> errors)
    {
        if (Enum.TryParse<DayOfWeek>(typed, ignoreCase: true, out var known) && !char.IsAsciiDigit(typed.FirstOrDefault()))
        {
            return known;
        }

        if (!typed.Equals(EveryDay, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(new("day", "day is a day of the week, such as sunday, or every."));
        }

        return null;
    }

    private static TimeOnly? Time(string field, string typed, List<FieldError> errors)
    {
        if (TimeOnly.TryParseExact(typed, Clock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
        {
            return read;
        }

        errors.Add(new(field, "Enter a time as hours and minutes, such as 03:00."));
        return null;
    }
}
