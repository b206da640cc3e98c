namespace Republic.Web.Pages.PersonalModels;

/// <summary>The form of a model's settings, on the model's page and on its own.</summary>
/// <param name="LongestContext">In tokens, with which it was trained; null where that is not known yet.</param>
public sealed record SettingsView(Guid Id, SettingsForm Input, int? LongestContext);
