using Republic.Core.Answering.Links;
using Republic.Core.Minions;
using Republic.Core.Minions.Profiles;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training;

/// <summary>A minion as it was at a run's start.</summary>
/// <param name="Instructions">Its own system prompt, which traits are added to.</param>
/// <param name="Enhanced">What an earlier run made of them.</param>
/// <param name="Adapter">The weights of its version.</param>
public sealed record MinionSnapshot(
    Profile Profile,
    string? Instructions,
    string? Enhanced,
    string? Adapter,
    decimal Experience,
    int TrainedRows,
    int Version
)
{
    /// <summary>As <see cref="Minion.StyleAdapter"/>.</summary>
    public string? StyleAdapter { get; init; }
    public string? StyleModel { get; init; }

    /// <summary>The collections that it answers from.</summary>
    public IReadOnlyList<Guid> Collections { get; init; } = [];

    /// <summary>Those among them that its version brought; a person linked the others.</summary>
    public IReadOnlyList<Guid> OfVersion { get; init; } = [];

    public MinionPipeline Pipeline { get; init; } = new();

    /// <summary>As <see cref="Minion.Temperature"/>.</summary>
    public double? Temperature { get; init; }

    /// <summary>As it answers now.</summary>
    public Speaker Speaker() =>
        Speaker(Enhanced ?? Instructions, Adapter) with
        {
            StyleAdapter = StyleAdapter,
            StyleModel = StyleModel,
            Collections = Collections,
        };

    /// <summary>As it would answer with other instructions and weights, and without a style or collections.</summary>
    public Speaker Speaker(string? instructions, string? adapter) =>
        new(Character.SystemPrompt(Profile, instructions), adapter) { Pipeline = Pipeline };

    /// <param name="links">The minion's.</param>
    public static MinionSnapshot Of(Minion minion, IReadOnlyCollection<CollectionLink> links) =>
        new(
            Profile.Of(minion),
            minion.SystemPrompt,
            minion.EnhancedSystemPrompt,
            minion.Adapter,
            minion.Experience,
            minion.TrainedRows,
            minion.Version
        )
        {
            StyleAdapter = minion.StyleAdapter,
            StyleModel = minion.StyleModel,
            Collections = [.. links.Select(link => link.CollectionId)],
            OfVersion = [.. links.Where(link => link.Version is not null).Select(link => link.CollectionId)],
            Pipeline = minion.Pipeline,
            Temperature = minion.Temperature,
        };
}
