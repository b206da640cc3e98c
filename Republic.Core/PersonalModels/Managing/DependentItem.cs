namespace Republic.Core.PersonalModels.Managing;

/// <summary>Something that depends on a model.</summary>
public sealed record DependentItem(Guid Id, string Name);
