using System.Globalization;

namespace Republic.Web.Pages.Shared;

/// <summary>Times as a person reads them.</summary>
/// <param name="zone">That of the browser; null where it is not known: the times are then in UTC, and say so.</param>
public sealed class LocalTime(TimeZoneInfo? zone, DateTimeOffset now)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public DateOnly Today => DayOf(now);

    private string Suffix => zone is null ? " UTC" : "";

    /// <summary>The same for the whole of a request, so that one page has one "today".</summary>
    public static LocalTime Of(HttpContext context)
    {
        if (context.Items[typeof(LocalTime)] is LocalTime known)
        {
            return known;
        }

        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        var local = new LocalTime(BrowserZone.Of(context.Request), clock.GetUtcNow());
        context.Items[typeof(LocalTime)] = local;
        return local;
    }

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    /// <summary>"03:41" today, "21 Nov, 23:04" this year, "2 Aug 2025" otherwise.</summary>
    public string Moment(DateTimeOffset at)
    {
        var (local, today) = (Local(at), Local(now));
        return local.Date == today.Date ? local.ToString("HH:mm", Culture) + Suffix
            : local.Year == today.Year ? local.ToString("d MMM, HH:mm", Culture) + Suffix
            : local.ToString("d MMM yyyy", Culture);
    }

    /// <summary>"21 Nov, 23:04 Europe/Zagreb".</summary>
    public string Zoned(DateTimeOffset at) => zone is null ? Moment(at) : $"{Moment(at)} {zone.Id}";

    /// <summary>"21 Nov" this year, "2 Aug 2025" otherwise.</summary>
    public string Day(DateOnly day) => day.ToString(day.Year == Today.Year ? "d MMM" : "d MMM yyyy", Culture);

    /// <summary>"2 min ago" within the last hour: when somebody was last seen.</summary>
    public string Ago(DateTimeOffset at) =>
        (now - at) switch
        {
            { TotalMinutes: < 1 } => "just now",
            { TotalMinutes: < 60 } past => string.Create(Culture, $"{(int)past.TotalMinutes} min ago"),
            _ => Moment(at),
        };

    /// <summary>"03:41:07" of whatever day: a line of a log.</summary>
    public string Clock(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", Culture) + Suffix;

    /// <summary>"Tuesday 25 November 2025, 03:41, Europe/Zagreb (UTC+01:00)".</summary>
    public string Full(DateTimeOffset at)
    {
        var local = Local(at);
        var name = zone is null || zone.Id == "UTC" ? " UTC" : $", {zone.Id} (UTC{local.ToString("zzz", Culture)})";
        return local.ToString("dddd d MMMM yyyy, HH:mm", Culture) + name;
    }

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone ?? TimeZoneInfo.Utc);
}
