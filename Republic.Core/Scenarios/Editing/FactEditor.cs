using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Editing;

/// <summary>Makes, changes and deletes single facts of a draft.</summary>
public sealed class FactEditor(ScenarioChanges changes)
{
    /// <summary>A new name is carried to the conditions that read it.</summary>
    /// <param name="name">The name of the fact that is changed; null for a new one.</param>
    /// <param name="seen">When the scenario's own fields were changed last, as whoever sends this read it.</param>
    /// <returns>The name of the fact.</returns>
    public Task<Outcome<string>> SaveAsync(
        Guid me,
        Guid scenario,
        string? name,
        FactDefinition fact,
        DateTimeOffset? seen,
        CancellationToken ct
    ) =>
        changes.ChangeAsync<string>(
            me,
            scenario,
            change =>
            {
                var facts = change.Scenario.Facts.ToList();
                var index = name is null ? facts.Count : facts.FindIndex(f => f.Name == name);
                if (index < 0)
                {
                    return Failure.NotFound("fact");
                }

                if (Problems(change, facts, index, fact) is { Count: > 0 } problems)
                {
                    return Failure.Invalid(problems);
                }

                if (name is not null && ScenarioChanges.Stale(seen, change.Scenario.SettingsUpdatedAt, "This fact") is { } stale)
                {
                    return stale;
                }

                if (index == facts.Count)
                {
                    facts.Add(fact);
                }
                else
                {
                    ElementNames.RenameFact(change, facts[index].Name, fact.Name);
                    facts[index] = fact;
                }

                (change.Scenario.Facts, change.Scenario.SettingsUpdatedAt) = (facts, change.Now);
                return fact.Name;
            },
            ct
        );

    public Task<Outcome<string>> DeleteAsync(Guid me, Guid scenario, string name, CancellationToken ct) =>
        changes.ChangeAsync<string>(
            me,
            scenario,
            change =>
            {
                var left = change.Scenario.Facts.FindAll(fact => fact.Name != name);
                if (left.Count == change.Scenario.Facts.Count)
                {
                    return Failure.NotFound("fact");
                }

                (change.Scenario.Facts, change.Scenario.SettingsUpdatedAt) = (left, change.Now);
                return name;
            },
            ct
        );

    private static IReadOnlyList<FieldError> Problems(
        ScenarioChange change,
        IReadOnlyList<FactDefinition> facts,
        int index,
        FactDefinition fact
    )
    {
        var rules = new FieldRules([]);
        ElementNames.Check(rules, fact.Name, "fact", facts.Where((_, i) => i != index).Any(other => other.Name == fact.Name));
        if (index == ScenarioRules.MostFacts)
        {
            rules.Add("name", $"A scenario has at most {ScenarioRules.MostFacts} facts. Remove one first.");
        }

        if (fact.KnownTo?.Roles.FirstOrDefault(role => change.Role(role) is null) is { } unknown)
        {
            rules.Add("known_to", $"There is no role “{unknown}”. Add it first, or choose another one.");
        }

        if (FactRules.ValueProblem(fact.Value) is { } value)
        {
            rules.Add("value", value);
        }

        return rules.Errors;
    }
}
