using System.Globalization;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Feeds;

/// <summary>
/// An event id of a conversation's stream: how much of which message its reader has. It means the same on every node
/// and after a restart, so a stream can be resumed anywhere without a character lost or doubled.
/// </summary>
internal sealed record FeedPosition(Guid Message, int Length, bool Done)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Message:N}.{Length}{(Done ? ".done" : "")}");

    public static FeedPosition? Parse(string? id) =>
        id?.Split('.') is [var message, var length, .. var rest]
        && rest is [] or ["done"]
        && Guid.TryParseExact(message, "N", out var parsed)
        && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new FeedPosition(parsed, number, rest.Length == 1)
            : null;
}
