using System.Globalization;

namespace Republic.Core.Chats.Conversations;

/// <summary>Where a page of conversations ended.</summary>
public sealed record ConversationCursor(DateTimeOffset At, Guid Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks:x}-{Id:N}");

    public static ConversationCursor? Parse(string? text)
    {
        if (
            text?.Split('-') is not [var at, var id]
            || !long.TryParse(at, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var ticks)
            || ticks < 0
            || ticks > DateTime.MaxValue.Ticks
            || !Guid.TryParseExact(id, "N", out var last)
        )
        {
            return null;
        }

        return new ConversationCursor(new DateTimeOffset(ticks, TimeSpan.Zero), last);
    }
}
