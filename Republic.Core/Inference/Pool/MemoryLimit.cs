namespace Republic.Core.Inference.Pool;

/// <summary>The memory that a model is refused for.</summary>
/// <param name="FreeBytes">What it can have: the budget without what pinned models take.</param>
/// <param name="BudgetBytes">What all models may take together.</param>
/// <param name="IsBusy">It could have it, and did not get it for as long as it was waited for.</param>
internal sealed record MemoryLimit(long FreeBytes, long BudgetBytes, bool IsBusy);
