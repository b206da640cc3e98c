namespace Republic.Core.Providers.Spending;

/// <summary>Which calls a budget counts.</summary>
public enum BudgetScope
{
    /// <summary>All calls of its owner.</summary>
    Person,

    /// <summary>Those of its owner at one provider.</summary>
    Provider,

    /// <summary>Those of one minion.</summary>
    Minion,

    /// <summary>Those with one stored key, whoever makes them.</summary>
    Key,
}
