namespace Republic.Core.Episodes.Control;

/// <summary>The new player of a role, as the episode's owner enters it.</summary>
/// <param name="Description">Instructions to the player on the role in this episode, such as *is new in the team*. Null keeps what was said of the present player; empty removes it.</param>
public sealed record SwapInput(string? Role, Guid? CitizenId, string? Description);
