using Republic.Core.Chats.Conversations;

namespace Republic.Web.Pages.Chats;

/// <summary>What an avatar shows of somebody in a chat.</summary>
public sealed record Face(string Name, string? Emoji, string? Picture, int? Level, int Progress)
{
    public static Face Of(ParticipantRow who) =>
        new(
            who.DisplayName,
            who.Avatar,
            who.AvatarImageId is { } image ? $"/api/avatars/{image}.png" : null,
            who.Level?.Number,
            who.Level is { } level ? (int)(level.IntoLevel * 100 / level.ToNext) : 0
        );
}
