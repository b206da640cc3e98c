namespace Republic.Core.PersonalModels.Serving;

/// <summary>A model in memory.</summary>
/// <param name="PersonalModelId">Null for a model that is everybody's, or another person's.</param>
/// <param name="Name">Null for another person's.</param>
/// <param name="Host">What the model host reports of it.</param>
public sealed record ServedModel(Guid? PersonalModelId, string? Name, HostHealth.Model Host)
{
    public bool IsOwn => PersonalModelId is not null;

    /// <summary>Its owner pinned it; others with the same file may have, too.</summary>
    public bool IsPinnedByOwner { get; init; }
}
