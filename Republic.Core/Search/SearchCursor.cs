using System.Globalization;

namespace Republic.Core.Search;

/// <summary>Where a page of results ended.</summary>
internal sealed record SearchCursor(string Kind, DateTimeOffset At, Guid Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}-{At.UtcTicks:x}-{Id:N}");

    public static SearchCursor? Parse(string text) =>
        text.Split('-') is [var kind, var at, var id]
        && SearchKinds.All.Contains(kind)
        && long.TryParse(at, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var ticks)
        && ticks >= 0
        && ticks <= DateTime.MaxValue.Ticks
        && Guid.TryParseExact(id, "N", out var last)
            ? new SearchCursor(kind, new DateTimeOffset(ticks, TimeSpan.Zero), last)
            : null;
}
