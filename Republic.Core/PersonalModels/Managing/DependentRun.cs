namespace Republic.Core.PersonalModels.Managing;

/// <summary>A training run that works, or worked, with a model.</summary>
/// <param name="IsActive">True while it is not over; until then the model cannot be deleted.</param>
public sealed record DependentRun(Guid Id, string Name, bool IsActive);
