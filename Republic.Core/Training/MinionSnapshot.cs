using Republic.Core.Minions;

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
    /// <summary>As it answers now.</summary>
    public Speaker Speaker() => new(Character.SystemPrompt(Profile, Enhanced ?? Instructions), Adapter);

    /// <summary>As it would answer with other instructions and weights.</summary>
    public Speaker Speaker(string? instructions, string? adapter) => new(Character.SystemPrompt(Profile, instructions), adapter);

    public static MinionSnapshot Of(Minion minion) =>
        new(
            Profile.Of(minion),
            minion.SystemPrompt,
            minion.EnhancedSystemPrompt,
            minion.Adapter,
            minion.Experience,
            minion.TrainedRows,
            minion.Version
        );
}
