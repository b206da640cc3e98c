namespace Republic.Core.Analytics;

/// <summary>By what figures are summed up.</summary>
public enum AnalyticsGrouping
{
    Minion,
    Provider,
    Person,
}
