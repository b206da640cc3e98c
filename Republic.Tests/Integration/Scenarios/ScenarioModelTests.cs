using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>The tables of the domain model that a scenario is, field by field.</summary>
public sealed class ScenarioModelTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_scenario_its_states_roles_and_transitions_have_every_field_of_the_model()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var state = await scenario.StateAsync("review");

        Has(await scenario.ReadAsync(), "id name description learner_role created_by created_at updated_at");
        Has(state, "id scenario_id name description prompts node_type created_at updated_at");
        Has(await scenario.RoleAsync("reviewer"), "id scenario_id name description model");
        Has(state["state_roles"]![0]!, "state_id agent_role_id created_at");
        Has((await scenario.TransitionsAsync("review"))[0], "id scenario_id from_state_id to_state_id condition created_at updated_at");
    }

    [Fact]
    public async Task They_have_the_fields_beyond_the_model_and_words_for_what_is_chosen()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await scenario.ChangeStateAsync("explain", new { turn = "order" });
        var (state, role) = (await scenario.StateAsync("explain"), await scenario.RoleAsync("reviewer"));
        var transition = (await scenario.TransitionsAsync("review"))[0];

        Has(
            await scenario.ReadAsync(),
            "version state_count transition_count role_count facts max_turns max_minutes max_cost max_tokens archived_at settings_updated_at"
        );
        Has(state, "turn rounds audience capability timeout_hours result roles state_roles");
        Has(role, "pin kind director states created_at updated_at");
        Has(transition, "kind note max_visits priority");
        Assert.Equal("action order", $"{state["node_type"]} {state["turn"]}");
        Assert.Equal("success", (string?)(await scenario.StateAsync("good"))["result"]);
        Assert.Equal("any when", $"{role["kind"]} {transition["kind"]}");
    }

    private static void Has(JsonNode json, string fields) =>
        Assert.Empty(fields.Split(' ').Except(json.AsObject().Select(field => field.Key), StringComparer.Ordinal));
}
