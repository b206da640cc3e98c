namespace Republic.Core.Tasks.Sharing;

/// <summary>A share as the owner of the task sees it.</summary>
/// <param name="Username">The user name as the owner entered it, whether or not anybody is called so.</param>
/// <param name="CitizenId">The person; null before they accepted.</param>
/// <param name="AcceptedAt">Null before they accepted.</param>
public sealed record TaskShareCard(Guid Id, string Username, Guid? CitizenId, DateTimeOffset? AcceptedAt, DateTimeOffset CreatedAt);
