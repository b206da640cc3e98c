using Republic.Core.Minions.Models;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>Roles that nothing is for, a learner that is none of them, and models of roles that end.</summary>
internal static class RoleChecks
{
    public static void Check(ScenarioDefinition definition, PersonDeprecations? deprecations, FoundProblems problems)
    {
        var acting = definition.States.SelectMany(state => state.Roles).ToHashSet();
        if (definition.Learner is { } learner)
        {
            if (!definition.Roles.Any(role => role.Name == learner))
            {
                problems.Error(
                    "learner",
                    $"There is no role “{ElementName.Of(learner)}” that could learn. Add it, or choose another learner."
                );
            }
            else if (!acting.Contains(learner))
            {
                problems.Warning(
                    "learner",
                    $"“{ElementName.Of(learner)}” is to learn and acts in no state. Let it act in one, or choose another learner."
                );
            }
        }

        foreach (var state in definition.States.Where(state => state.Next.Any(next => next.Kind == TransitionKind.Ask)))
        {
            if (!definition.Roles.Any(role => role.IsDirector))
            {
                problems.Warning(
                    $"states.{state.Name}",
                    $"“{ElementName.Of(state.Name)}” leaves a question to the director, and no role is one. Let a role direct, or decide by a condition."
                );
            }
        }

        var hearing = definition.States.SelectMany(state => state.Audience?.Roles ?? []).ToHashSet();
        foreach (var role in definition.Roles)
        {
            if (!acting.Contains(role.Name) && !hearing.Contains(role.Name) && role.Name != definition.Learner && !role.IsDirector)
            {
                problems.Warning(
                    $"roles.{role.Name}",
                    $"“{ElementName.Of(role.Name)}” acts in no state, and no audience lists it. Let it act in one, or remove the role."
                );
            }

            if (role.Model is { } model && deprecations?.OfNamed(model) is { } end)
            {
                problems.Warning(
                    $"roles.{role.Name}.model",
                    $"“{ElementName.Of(role.Name)}” names the model {model}, which {end.Text}. {(end.Replacement is { } other ? $"Name {other}, which its provider recommends, or another one." : "Name another one.")}"
                );
            }
        }
    }

    /// <summary>Models that end and that a role of the newest version names, but the same role of the draft does not.</summary>
    public static IEnumerable<ScenarioProblem> OfVersion(
        int version,
        ScenarioDefinition published,
        ScenarioDefinition draft,
        PersonDeprecations deprecations
    )
    {
        foreach (var role in published.Roles)
        {
            if (
                role.Model is { } model
                && !draft.Roles.Any(other => other.Name == role.Name && other.Model == model)
                && deprecations.OfNamed(model) is { } end
            )
            {
                yield return new ScenarioProblem(
                    ProblemSeverity.Warning,
                    $"roles.{role.Name}.model",
                    $"In version {version}, which new episodes play, “{ElementName.Of(role.Name)}” names the model {model}, which {end.Text}. Publish the draft, where that is changed."
                )
                {
                    Version = version,
                };
            }
        }
    }

    /// <summary>Says which of the names are of no role.</summary>
    public static void Unknown(ScenarioDefinition definition, IReadOnlyList<string> names, string path, FoundProblems problems)
    {
        foreach (var name in names.Distinct().Where(name => !definition.Roles.Any(role => role.Name == name)))
        {
            problems.Error(path, $"There is no role “{ElementName.Of(name)}”. Add it, or choose another one.");
        }
    }
}
