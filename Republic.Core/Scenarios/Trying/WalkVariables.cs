using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Trying;

/// <summary>What conditions can read during a walk: all that does not depend on what is said and done.</summary>
internal static class WalkVariables
{
    /// <summary>Variables that only an episode has.</summary>
    private static readonly string[] Open = ["outcome", "score", "step", "round", "minutes", "cost", "random"];

    public static IReadOnlyDictionary<string, object?> Of(ScenarioDefinition definition, WalkProgress progress)
    {
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["facts"] = FactValues.Of(definition.Facts),
            ["visits"] = progress.Visits.ToDictionary(state => state.Key, state => (object?)(long)state.Value, StringComparer.Ordinal),
            ["turn"] = (long)progress.Turns,
            ["roles"] = definition.Roles.Select(role => (object?)role.Name).ToList(),
        };
    }

    /// <summary>Whether a walk does not know the variable, and an episode does.</summary>
    /// <param name="path">The variable, or a field of it.</param>
    public static bool IsOpen(string path) => Open.Contains(path.Split('.')[0], StringComparer.Ordinal);
}
