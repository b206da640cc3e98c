namespace Republic.Core.Events;

/// <summary>Something of a person's that changed just now. It is a hint: what matters stands in the database.</summary>
/// <param name="Name">What happened, e.g. <c>chat.delta</c>.</param>
/// <param name="Subject">The conversation, job or other row it happened to.</param>
/// <param name="Data">JSON, or null when it was too big to travel between nodes: then read the subject again.</param>
public sealed record LiveEvent(string Name, Guid Subject, string? Data);
