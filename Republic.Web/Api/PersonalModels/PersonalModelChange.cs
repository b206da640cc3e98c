namespace Republic.Web.Api.PersonalModels;

/// <summary>A change of a personal model.</summary>
/// <param name="CustomName">The new name, which minions that use the model follow; null to leave it.</param>
internal sealed record PersonalModelChange(string? CustomName);
