namespace Republic.Core.Providers.Spending;

public enum BudgetState
{
    Ok,

    /// <summary>Four fifths are spent.</summary>
    Warning,
    UsedUp,
}
