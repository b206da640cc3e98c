namespace Republic.Web.Cli.Remote.Loaded;

/// <summary>The memory for all models, in bytes: what they may take, what they are planned to take, and what their process takes.</summary>
internal sealed record RemoteMemory(long? BudgetBytes, long? PlannedBytes, long? ProcessBytes);
