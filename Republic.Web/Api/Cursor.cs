using System.Globalization;
using Republic.Core;
using Republic.Core.Chats.Conversations;

namespace Republic.Web.Api;

/// <summary>The cursors of the API's lists: text that a page hands out and that the next one is asked for with.</summary>
internal static class Cursor
{
    private const int UsualPage = 50;

    public static string Of(Guid id) => id.ToString("N");

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A page of a list that is ordered by id.</summary>
    public static Outcome<PageRequest<Guid?>> ReadId(string? cursor, int? limit, int most) =>
        Read<Guid?>(cursor, limit ?? UsualPage, most, text => Guid.TryParseExact(text, "N", out var id) ? id : null);

    /// <summary>A page of a list that is ordered by number, or counted off.</summary>
    public static Outcome<PageRequest<int?>> ReadNumber(string? cursor, int? limit, int most, int usual = UsualPage) =>
        Read<int?>(
            cursor,
            limit ?? usual,
            most,
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null
        );

    /// <summary>A page of a list that is ordered by a number which may outgrow an int.</summary>
    public static Outcome<PageRequest<long?>> ReadLong(string? cursor, int? limit, int most) =>
        Read<long?>(
            cursor,
            limit ?? UsualPage,
            most,
            text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null
        );

    public static Outcome<PageRequest<ConversationCursor?>> ReadConversation(string? cursor, int? limit, int most) =>
        Read(cursor, limit ?? UsualPage, most, ConversationCursor.Parse);

    private static Outcome<PageRequest<T>> Read<T>(string? cursor, int limit, int most, Func<string, T> parse)
    {
        var from = cursor is null ? default : parse(cursor);
        return cursor is not null && from is null
            ? Failure.Invalid("cursor", "This is not a cursor that was handed out. Begin without one.")
            : new PageRequest<T>(Math.Clamp(limit, 1, most), from!);
    }
}
