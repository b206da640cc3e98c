using System.Globalization;

namespace Republic.Core.Times;

/// <summary>A time of the week by the clock of a place, wherever the server stands and whatever daylight saving does.</summary>
/// <param name="Day">Null for every day.</param>
/// <param name="Until">Off-peak hours end then, and what could not begin by then waits for the next time; null for a fixed time.</param>
/// <param name="TimeZone">IANA's name.</param>
public sealed record ScheduleTime(DayOfWeek? Day, TimeOnly At, TimeOnly? Until, string TimeZone)
{
    private const int Week = 7;

    private TimeZoneInfo Zone =>
        TimeZoneNames.Find(TimeZone) ?? throw new TimeZoneNotFoundException($"This machine does not know the time zone {TimeZone}.");

    /// <summary>The first time after a moment, and when its hours close.</summary>
    public (DateTimeOffset At, DateTimeOffset? Closes) Next(DateTimeOffset after)
    {
        var zone = Zone;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime);
        for (var days = 0; days <= Week + 1; days++)
        {
            var date = today.AddDays(days);
            if (Day is { } day && date.DayOfWeek != day)
            {
                continue;
            }

            var at = Moment(date, At, zone);
            if (at > after)
            {
                return (at, Until is { } end ? Moment(end > At ? date : date.AddDays(1), end, zone) : null);
            }
        }

        throw new InvalidOperationException($"Within eight days there is no {At} in {TimeZone}.");
    }

    /// <summary>A moment by the clock of that place.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    public string Sentence
    {
        get
        {
            var day = Day is { } one ? $"Every {one}" : "Every day";
            var at = At.ToString("HH:mm", CultureInfo.InvariantCulture);
            var hours = Until is { } end ? $"in the hours from {at} to {end.ToString("HH:mm", CultureInfo.InvariantCulture)}" : $"at {at}";
            return $"{day} {hours}, {TimeZone}";
        }
    }

    internal IEnumerable<FieldError> Problems()
    {
        if (TimeZoneNames.Find(TimeZone) is not { HasIanaId: true })
        {
            yield return new("time_zone", "Choose a time zone by its name, such as Europe/Berlin or UTC.");
        }

        if (Until == At)
        {
            yield return new("until", "Start and end must differ. Choose another end, or none for a fixed time.");
        }
    }

    /// <summary>A time that the clocks skip is the moment after the gap; of one that comes twice, the first.</summary>
    private static DateTimeOffset Moment(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(time);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
