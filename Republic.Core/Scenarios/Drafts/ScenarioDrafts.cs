using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions.Models;
using Republic.Core.Providers.Listings;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Versions;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Core.Scenarios.Drafts;

/// <summary>Reads whole drafts of a person's scenarios.</summary>
public sealed class ScenarioDrafts(IDbContextFactory<RepublicDb> databases, MinionDeprecations deprecations)
{
    public async Task<Outcome<ScenarioDraft>> FindAsync(Guid me, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var scenario = await db.FindDraftAsync(me, id, ct);
        if (scenario is null)
        {
            return Failure.NotFound("scenario");
        }

        var draft = Of(scenario, await deprecations.ForAsync(me, ct));
        var published = await db
            .ScenarioVersions.Where(v => v.ScenarioId == id && v.Number == scenario.LastVersion)
            .Select(v => v.Sha256)
            .SingleOrDefaultAsync(ct);
        return draft with
        {
            IsChanged = published is not null && published != ScenarioVersion.DigestOf(ScenarioYaml.Write(draft.Definition)),
        };
    }

    private static ScenarioDraft Of(Scenario scenario, PersonDeprecations deprecations)
    {
        var definition = DraftDefinition.Of(scenario);
        var names = scenario.Roles.ToDictionary(role => role.Id, role => role.Name);
        List<StateCard> states = [.. scenario.States.Select(state => Card(state, names))];
        return new ScenarioDraft(
            ScenarioCards.Of(scenario),
            scenario.Roles.ConvertAll(role => Card(role, states)),
            states,
            [.. scenario.States.SelectMany(state => state.Transitions)],
            definition,
            ScenarioChecks.Of(definition, deprecations)
        )
        {
            Deprecations = DeprecationsOf(scenario, deprecations),
        };
    }

    private static Dictionary<string, ModelDeprecation> DeprecationsOf(Scenario scenario, PersonDeprecations deprecations)
    {
        var found = new Dictionary<string, ModelDeprecation>(StringComparer.Ordinal);
        foreach (var role in scenario.Roles)
        {
            if (role.Model is { } model && deprecations.OfNamed(model) is { } end)
            {
                found[role.Name] = end;
            }
        }

        return found;
    }

    private static StateCard Card(ScenarioState state, Dictionary<Guid, string> roles) =>
        new(
            state.Id,
            state.ScenarioId,
            state.Name,
            state.Description,
            state.Prompts,
            state.NodeType,
            state.Turn,
            state.Rounds,
            state.Audience,
            state.Capability,
            state.TimeoutHours,
            state.Result,
            state.Roles.ConvertAll(acting => roles[acting.AgentRoleId]),
            state.Roles,
            state.CreatedAt,
            state.UpdatedAt
        );

    private static RoleCard Card(AgentRole role, List<StateCard> states) =>
        new(
            role.Id,
            role.ScenarioId,
            role.Name,
            role.Description,
            role.Model,
            role.IsPinned,
            role.Kind,
            role.IsDirector,
            [.. states.Where(state => state.Roles.Contains(role.Name)).Select(state => state.Name)],
            role.CreatedAt,
            role.UpdatedAt
        );
}
