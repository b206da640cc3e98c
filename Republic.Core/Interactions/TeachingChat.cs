namespace Republic.Core.Interactions;

/// <summary>A conversation with a minion that may teach it.</summary>
/// <param name="Agrees">True where the person who asks agrees that it teaches.</param>
/// <param name="Waits">True where they agree, and somebody else who takes part has not yet.</param>
/// <param name="Rated">Answers with a score or a correction.</param>
public sealed record TeachingChat(Guid Id, string? Title, DateTimeOffset UpdatedAt, bool Agrees, bool Waits, int Answers, int Rated);
