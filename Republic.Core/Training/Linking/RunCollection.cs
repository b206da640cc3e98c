namespace Republic.Core.Training.Linking;

/// <summary>A collection that a run links, as it was when it was found ready.</summary>
/// <param name="Built">By the run, of its rows.</param>
public sealed record RunCollection(Guid Id, string Name, int Documents, int Passages, bool Built)
{
    /// <summary>By an earlier run, of the same rows.</summary>
    public bool Reused { get; init; }

    /// <summary>Their names with what is wrong; they are not searched.</summary>
    public IReadOnlyList<string> Failed { get; init; } = [];
}
