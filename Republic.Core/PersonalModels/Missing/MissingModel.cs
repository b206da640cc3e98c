namespace Republic.Core.PersonalModels.Missing;

/// <summary>A model that minions of a person name, and that is not on this machine.</summary>
/// <param name="Name">The name by which they use it.</param>
/// <param name="WasRemoved">True where the person deleted it here.</param>
/// <param name="Candidates">The models that could take its place, the best first.</param>
/// <param name="Users">All minions of the person that name it, as their own model or as a fallback.</param>
public sealed record MissingModel(string Name, bool WasRemoved, IReadOnlyList<LocalModel> Candidates, IReadOnlyList<ModelUser> Users)
{
    public LocalModel? Suggestion => Candidates.Count > 0 ? Candidates[0] : null;
}
