namespace Republic.Web.Pages.Training.Interactions;

/// <summary>A weekly schedule as a person typed it.</summary>
/// <param name="Problem">What is wrong with its time zone, for people.</param>
public sealed record RefusedSchedule(bool Weekly, string? TimeZone, string Problem);
