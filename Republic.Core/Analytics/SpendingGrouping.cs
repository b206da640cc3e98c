namespace Republic.Core.Analytics;

/// <summary>By what calls of models are summed up.</summary>
public enum SpendingGrouping
{
    Minion,
    Provider,
    Model,
    Purpose,
    Person,
}
