using System.Globalization;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Trying;

/// <summary>Walks through a scenario by hand: somebody chooses the transitions, and nobody acts.</summary>
public static class ScenarioWalk
{
    /// <summary>Transitions of one walk.</summary>
    public const int MostChoices = 200;

    /// <summary>Takes any definition, however broken, and goes from its start as far as the choices fit.</summary>
    /// <param name="choices">
    /// The indexes of the transitions, each within its state and from 0, with hyphens between them: <c>0-0-2</c>. Null for none.
    /// </param>
    public static WalkView Follow(ScenarioDefinition definition, string? choices)
    {
        var progress = new WalkProgress(definition);
        var isInterrupted = !string.IsNullOrEmpty(choices) && !TakeAll(progress, choices);
        var options = WalkOptions.Of(definition, progress);
        return new WalkView(
            progress.Choices,
            progress.Steps,
            progress.Current,
            progress.Visits,
            progress.Turns,
            options,
            WalkOptions.Suggested(options),
            isInterrupted ? "The scenario was changed since, or the address is not whole. The walk goes as far as it fits." : null,
            LimitReached(definition, progress)
        );
    }

    /// <returns>False where it stopped at one that does not fit.</returns>
    private static bool TakeAll(WalkProgress progress, string choices) =>
        choices
            .Split('-', MostChoices + 1)
            .All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && progress.TryTake(index));

    private static string? LimitReached(ScenarioDefinition definition, WalkProgress progress) =>
        definition.Limits.Turns is { } most && progress.Turns >= most && progress.Current?.Type != NodeType.End
            ? $"The limit of {Counted.Of(most, "turn")} is reached: an episode would wait here until somebody raises it, or ends it."
            : null;
}
