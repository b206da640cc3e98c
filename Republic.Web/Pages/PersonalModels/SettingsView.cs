namespace Republic.Web.Pages.PersonalModels;

/// <summary>The form of a model's settings, on the model's page and on its own.</summary>
public sealed record SettingsView(Guid Id, SettingsForm Input);
