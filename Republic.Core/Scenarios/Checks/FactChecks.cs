using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>Who knows the facts.</summary>
internal static class FactChecks
{
    public static void Check(ScenarioDefinition definition, ParsedConditions conditions, FoundProblems problems)
    {
        foreach (var fact in definition.Facts)
        {
            var path = $"facts.{fact.Name}";
            RoleChecks.Unknown(definition, fact.KnownTo?.Roles ?? [], $"{path}.known_to", problems);
            if (fact.KnownTo is null && !conditions.Read("facts", fact.Name))
            {
                problems.Warning(
                    path,
                    $"Nobody knows “{ElementName.Of(fact.Name)}”, and no condition reads it. Say who knows it, or remove the fact."
                );
            }
        }
    }
}
