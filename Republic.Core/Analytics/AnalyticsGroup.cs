namespace Republic.Core.Analytics;

/// <param name="Key">Null for all that are too small to be named.</param>
/// <param name="Times">Null where nothing was answered in full.</param>
public sealed record AnalyticsGroup(string? Key, string Name, UsageFigures Figures, AnswerTimes? Times);
