namespace Republic.Core.Doctor;

/// <summary>Whether the database answers, and of which version its tables are.</summary>
/// <param name="Detail">Why it does not answer, or which migration makes the difference; empty where there is nothing to say.</param>
public sealed record DatabaseState(DatabaseCondition Condition, string Detail = "")
{
    /// <summary>The version of PostgreSQL; null where it does not answer.</summary>
    public string? ServerVersion { get; init; }

    public bool IsReady => Condition == DatabaseCondition.Ready;

    public bool Answers => Condition is not (DatabaseCondition.Missing or DatabaseCondition.Away);

    /// <summary>True where nothing can have been stored yet.</summary>
    public bool IsNew => Condition is DatabaseCondition.Missing or DatabaseCondition.Empty;
}
