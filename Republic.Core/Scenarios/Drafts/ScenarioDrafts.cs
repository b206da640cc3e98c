using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions.Models;
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

        var announced = await deprecations.ForAsync(me, ct);
        var draft = Of(scenario, announced);
        if (await ReplacedAsync(db, scenario, draft.Definition, ct) is not { } newest)
        {
            return draft;
        }

        // Until the draft is published, new episodes play the version. One that cannot be read any more keeps nobody from the draft.
        var published = ScenarioYaml.Read(newest.Yaml).Definition;
        IEnumerable<ScenarioProblem> warnings = published is null
            ? []
            : RoleChecks.OfVersion(newest.Number, published, draft.Definition, announced);
        return draft with { IsChanged = true, Problems = [.. draft.Problems, .. warnings] };
    }

    /// <summary>The newest version, where publishing the draft would make another; its text is fetched only then.</summary>
    private static async Task<ScenarioVersion?> ReplacedAsync(
        RepublicDb db,
        Scenario scenario,
        ScenarioDefinition draft,
        CancellationToken ct
    )
    {
        if (scenario.LastVersion == 0)
        {
            return null;
        }

        var digest = ScenarioVersion.DigestOf(ScenarioYaml.Write(draft));
        return await db
            .ScenarioVersions.AsNoTracking()
            .Where(v => v.ScenarioId == scenario.Id && v.Number == scenario.LastVersion && v.Sha256 != digest)
            .SingleOrDefaultAsync(ct);
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
            Deprecations = RoleDeprecations.Of(definition, deprecations),
        };
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
