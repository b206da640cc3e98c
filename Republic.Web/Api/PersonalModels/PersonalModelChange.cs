namespace Republic.Web.Api.PersonalModels;

/// <param name="CustomName">By which minions name it; those that do so already follow.</param>
internal sealed record PersonalModelChange(string? CustomName);
