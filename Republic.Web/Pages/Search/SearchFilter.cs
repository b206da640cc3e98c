using System.Globalization;
using Republic.Core.Search;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Search;

/// <summary>What is searched for, as the address says it. What cannot be read there is left out, and named.</summary>
public sealed record SearchFilter
{
    /// <summary>So many letters can be typed.</summary>
    public const int Longest = 200;

    private const string DayFormat = "yyyy-MM-dd";

    public string? Words { get; init; }

    public string? Kind { get; init; }

    public Guid? Minion { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Where the results go on.</summary>
    public string? Cursor { get; init; }

    public IReadOnlyList<string> Unreadable { get; init; } = [];

    public bool IsNarrow => Kind is not null || Minion is not null || From is not null || Until is not null;

    public string Address => $"/search{QueryString.Create(Parts.Where(part => part.Value is not null))}";

    private Dictionary<string, string?> Parts =>
        new()
        {
            ["q"] = Words,
            ["kind"] = Kind,
            ["minion"] = Minion?.ToString(),
            ["from"] = Format(From),
            ["until"] = Format(Until),
            ["cursor"] = Cursor,
        };

    public static SearchFilter Of(IQueryCollection query)
    {
        var filter = new SearchFilter
        {
            Words = TypedText.Plain(query["q"]),
            Kind = SearchKind.Find(query["kind"])?.Name,
            Minion = Guid.TryParse(query["minion"], out var minion) ? minion : null,
            From = Day(query["from"]),
            Until = Day(query["until"]),
            Cursor = TypedText.Plain(query["cursor"]),
        };
        var read = filter.Parts;
        return filter with { Unreadable = [.. read.Keys.Where(name => read[name] is null && TypedText.Plain(query[name]) is not null)] };
    }

    /// <param name="zone">Where a day begins.</param>
    public SearchQuery ToQuery(TimeZoneInfo zone, int limit) =>
        new(Words ?? "")
        {
            Kind = Kind,
            Minion = Minion,
            From = Start(From, zone),
            Until = Start(Until?.AddDays(1), zone),
            Limit = limit,
            Cursor = Cursor,
        };

    /// <summary>As a field of a form has it.</summary>
    public static string? Format(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Null for a day before there was anything to find, too.</summary>
    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day is { Year: >= 1970 and < 9999 }
            ? day
            : null;

    private static DateTimeOffset? Start(DateOnly? day, TimeZoneInfo zone) =>
        day?.ToDateTime(TimeOnly.MinValue) is { } local ? new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime() : null;
}
