namespace Republic.Core.PersonalModels.Serving;

/// <summary>The models in memory and those that wait for it, as one person sees them.</summary>
/// <param name="BudgetBytes">The memory that all models may take together.</param>
/// <param name="PlannedBytes">The memory that they count with.</param>
/// <param name="ProcessBytes">The resident memory of the process; null where the model host does not answer.</param>
public sealed record ServedState(long BudgetBytes, long PlannedBytes, long? ProcessBytes)
{
    public IReadOnlyList<ServedModel> Models { get; init; } = [];

    public IReadOnlyList<WaitingModel> Waiting { get; init; } = [];
}
