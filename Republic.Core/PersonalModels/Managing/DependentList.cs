namespace Republic.Core.PersonalModels.Managing;

/// <summary>What depends on a model, and loses something when it is deleted.</summary>
/// <param name="Minions">Minions that answer or draft with it.</param>
/// <param name="Fallbacks">Minions that have it as a fallback.</param>
/// <param name="Adapters">Weights that were trained on it, the newest first.</param>
/// <param name="Runs">Training runs on it, the newest first.</param>
/// <param name="Collections">Collections whose vectors it made.</param>
/// <param name="Scenarios">Scenarios with a role that names it.</param>
/// <param name="Memories">True where it made the vectors of the owner's memories.</param>
/// <param name="Copies">Models that were quantized from it; they work on without it.</param>
public sealed record DependentList(
    IReadOnlyList<DependentItem> Minions,
    IReadOnlyList<DependentItem> Fallbacks,
    IReadOnlyList<DependentAdapter> Adapters,
    IReadOnlyList<DependentRun> Runs,
    IReadOnlyList<DependentItem> Collections,
    IReadOnlyList<DependentItem> Scenarios,
    bool Memories,
    IReadOnlyList<DependentItem> Copies
);
