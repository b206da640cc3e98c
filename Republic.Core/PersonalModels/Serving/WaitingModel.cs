namespace Republic.Core.PersonalModels.Serving;

/// <summary>A model that waits for memory.</summary>
/// <param name="PersonalModelId">Null for a model that is everybody's, or another person's.</param>
/// <param name="Name">Null for another person's.</param>
public sealed record WaitingModel(Guid? PersonalModelId, string? Name, HostHealth.Wait Host);
