namespace Republic.Core.Interactions;

/// <summary>A conversation with a minion that may teach it.</summary>
/// <param name="Agrees">The person who asks does.</param>
/// <param name="Waits">They do, and somebody else who takes part has not yet.</param>
/// <param name="Rated">Answers with a score or a correction.</param>
public sealed record TeachingChat(Guid Id, string? Title, DateTimeOffset UpdatedAt, bool Agrees, bool Waits, int Answers, int Rated);
