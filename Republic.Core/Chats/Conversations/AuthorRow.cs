using Republic.Core.Citizens;

namespace Republic.Core.Chats.Conversations;

public sealed record AuthorRow(Guid Id, string DisplayName, CitizenKind Kind, string? Avatar, Guid? AvatarImageId)
{
    public static AuthorRow Of(Citizen citizen) =>
        new(citizen.Id, citizen.DisplayName, citizen.Kind, citizen.Avatar, citizen.AvatarImageId);
}
