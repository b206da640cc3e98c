using System.Globalization;

namespace Republic.Core.Training.Schedules;

/// <summary>Reads the time of a schedule as somebody typed it. Parts that are left out stay as they were.</summary>
internal static class ScheduleTimeParser
{
    public const string EveryDay = "every";
    private static readonly string[] Clock = ["HH:mm", "H:mm", "HH:mm:ss"];

    /// <param name="errors">Gets what cannot be read.</param>
    public static ScheduleTime Parse(ScheduleTime before, ScheduleInput input, List<FieldError> errors)
    {
        var day = before.Day;
        if (input.Day is { } typed)
        {
            day =
                Enum.TryParse<DayOfWeek>(typed, ignoreCase: true, out var known) && !char.IsAsciiDigit(typed.FirstOrDefault())
                    ? known
                    : null;
            if (day is null && !typed.Equals(EveryDay, StringComparison.OrdinalIgnoreCase))
            {
                errors.Add(new("day", "day is a day of the week, such as sunday, or every."));
            }
        }

        return new ScheduleTime(
            day,
            input.At is null ? before.At : Time("at", input.At, errors) ?? before.At,
            input.Until switch
            {
                null => before.Until,
                "" => null,
                var end => Time("until", end, errors),
            },
            string.IsNullOrWhiteSpace(input.TimeZone) ? before.TimeZone : input.TimeZone.Trim()
        );
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
