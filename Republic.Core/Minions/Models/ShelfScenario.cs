namespace Republic.Core.Minions.Models;

/// <summary>A scenario with a role that names a model.</summary>
public sealed record ShelfScenario(Guid Id, string Name);
