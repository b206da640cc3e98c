namespace Republic.Web.Pages.Shared;

/// <summary>A stretch of a text that the other text has too, or does not.</summary>
public sealed record DiffPart(string Text, bool Differs);
