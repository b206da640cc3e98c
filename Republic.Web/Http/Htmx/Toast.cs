namespace Republic.Web.Http.Htmx;

/// <summary>What was just done, in one or two sentences, with a way to take it back.</summary>
/// <param name="UndoUrl">Where a POST takes it back, or null.</param>
public sealed record Toast(string Fact, string Meaning = "", string Tone = "good", string? UndoUrl = null);
