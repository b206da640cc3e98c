namespace Republic.Core.Minions.Models;

/// <summary>A minion that is on a model, or falls back to it.</summary>
public sealed record ShelfUser(Guid Id, string DisplayName, bool IsFallback);
