namespace Republic.Core.Analytics;

public sealed record SpendingGroup(string Key, string Name, SpendingFigures Figures);
