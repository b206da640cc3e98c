namespace Republic.Web.Pages.Scenarios;

/// <summary>A field of an element that differs between two versions of a scenario.</summary>
/// <param name="Field">As people call it; null where the whole element is new or gone.</param>
/// <param name="Before">Null where it was not set.</param>
/// <param name="After">Null where it is not set any more.</param>
public sealed record DifferenceLine(string? Field, string? Before, string? After);
