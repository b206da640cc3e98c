namespace Republic.Core.Expressions;

/// <summary>The operations that are left to one evaluation.</summary>
internal sealed class OperationBudget
{
    /// <summary>Characters of a text that are read by one operation.</summary>
    private const int CharactersAtOnce = 64;

    private long left = ExpressionLimits.MaxOperations;

    public static CelError Exceeded { get; } = new($"takes more than {ExpressionLimits.MaxOperations:N0} operations");

    public bool IsExceeded => left < 0;

    /// <summary>False where fewer are left; from then on none are.</summary>
    public bool Spend(long operations)
    {
        left = operations > left ? -1 : left - operations;
        return !IsExceeded;
    }

    /// <summary>Spends what reading so many characters takes.</summary>
    public bool SpendOnText(long length) => Spend(length / CharactersAtOnce);
}
