using Republic.Core.Minions;

namespace Republic.Core.Training;

/// <summary>One version of a minion, as a model is asked to speak for it.</summary>
/// <param name="Adapter">The name of the weights' file in the adapters' folder, or null.</param>
public sealed record Speaker(string SystemPrompt, string? Adapter)
{
    /// <summary>The stages that its answers go through, as they do in a chat; null of a model that is asked by itself.</summary>
    public MinionPipeline? Pipeline { get; init; }

    /// <summary>Drafts in its voice, on <see cref="StyleModel"/>; null where it has none.</summary>
    public string? StyleAdapter { get; init; }
    public string? StyleModel { get; init; }

    /// <summary>The collections that it answers from.</summary>
    public IReadOnlyList<Guid> Collections { get; init; } = [];
}
