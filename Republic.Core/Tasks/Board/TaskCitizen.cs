using Republic.Core.Citizens;

namespace Republic.Core.Tasks.Board;

/// <summary>A citizen as tasks name it.</summary>
public sealed record TaskCitizen(Guid Id, CitizenKind Kind, string DisplayName, string? Avatar, Guid? AvatarImageId);
