namespace Republic.Core.PersonalModels;

/// <summary>A minion that uses a model.</summary>
public sealed record ModelUser(Guid Id, string Name, string? Avatar);
