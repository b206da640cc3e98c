using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>The states, roles and transitions of a draft, one by one.</summary>
public sealed class ScenarioElementTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_state_is_added_changed_and_deleted()
    {
        var scenario = await BlankAsync();
        var role = await scenario.AddRoleAsync(new { name = "writer" });
        var made = await scenario.AddStateAsync(
            new
            {
                name = "write",
                node_type = "action",
                roles = new[] { "writer" },
                prompts = new[] { " Write. ", " " },
                turn = "once",
                rounds = 3,
                audience = "all",
                capability = "writing",
                next = new[] { new { to = "done", kind = "always" } },
            }
        );

        Assert.Equal(("write", "action", "once"), (Text(made, "name"), Text(made, "node_type"), Text(made, "turn")));
        Assert.Equal(3, made["rounds"]!.GetValue<int>());
        Assert.Equal(("all", "writing"), (Text(made, "audience"), Text(made, "capability")));
        Assert.Equal(["Write."], Texts(made["prompts"]));
        Assert.Equal(Text(role, "id"), Text(Assert.Single(made["state_roles"]!.AsArray())!, "agent_role_id"));
        Assert.Equal(["writer"], Texts(made["roles"]));
        Assert.Equal(["write"], Texts((await scenario.RoleAsync("writer"))["states"]));
        Assert.Equal(
            Text(await scenario.StateAsync("done"), "id"),
            Text(Assert.Single(await scenario.TransitionsAsync("write")), "to_state_id")
        );

        var changed = await scenario.ChangeStateAsync(
            "write",
            new
            {
                audience = new[] { "writer" },
                turn = (string?)null,
                rounds = 1,
            }
        );
        Assert.Equal(["writer"], Texts(changed["audience"]));
        Assert.Null(changed["turn"]);
        Assert.Equal(("writing", "Write."), (Text(changed, "capability"), Texts(changed["prompts"]).Single()));
        Assert.Single(await scenario.TransitionsAsync("write"));
        Assert.Null((await scenario.ChangeStateAsync("write", new { audience = "present" }))["audience"]);

        var path = $"{scenario.Path}/states/{Text(made, "id")}";
        Assert.Equal("write", Text((await scenario.Owner.Api.GetAsync(path))["state"]!, "name"));
        await scenario.Owner.Api.DeleteAsync(path);
        await scenario.Owner.Api.ProblemAsync(404, HttpMethod.Get, path);
        await scenario.Owner.Api.ProblemAsync(404, HttpMethod.Put, path, new { name = 5 });
        Assert.Single(await scenario.TransitionsAsync());
    }

    [Fact]
    public async Task A_role_is_added_changed_and_deleted()
    {
        var scenario = await BlankAsync();
        var made = await scenario.AddRoleAsync(
            new
            {
                name = "judge",
                description = "Weighs arguments.",
                model = "some-model",
                pin = true,
                kind = "minion",
                director = true,
            }
        );

        Assert.Equal(("judge", "some-model", "minion"), (Text(made, "name"), Text(made, "model"), Text(made, "kind")));
        Assert.True(made["pin"]!.GetValue<bool>() && made["director"]!.GetValue<bool>());
        await scenario.AddStateAsync(
            new
            {
                name = "decide",
                node_type = "approval",
                roles = new[] { "judge" },
            }
        );

        var changed = await scenario.ChangeRoleAsync(
            "judge",
            new
            {
                model = (string?)null,
                director = false,
                kind = "any",
            }
        );
        Assert.Null(changed["model"]);
        Assert.Equal(("any", "Weighs arguments."), (Text(changed, "kind"), Text(changed, "description")));

        var path = $"{scenario.Path}/roles/{Text(made, "id")}";
        Assert.Equal("judge", Text((await scenario.Owner.Api.GetAsync(path))["role"]!, "name"));
        await scenario.Owner.Api.DeleteAsync(path);
        await scenario.Owner.Api.ProblemAsync(404, HttpMethod.Get, path);
        await scenario.Owner.Api.ProblemAsync(404, HttpMethod.Delete, path);
        Assert.Empty((await scenario.StateAsync("decide"))["roles"]!.AsArray());
    }

    [Fact]
    public async Task A_transition_is_added_moved_changed_and_deleted()
    {
        var scenario = await BlankAsync();
        var (begin, done) = (Text(await scenario.StateAsync("begin"), "id"), Text(await scenario.StateAsync("done"), "id"));
        var made = await scenario.AddTransitionAsync(
            new
            {
                from_state_id = begin,
                to_state_id = done,
                condition = "visits.begin < 2",
                note = "At first",
                max_visits = 3,
                priority = 0,
            }
        );

        Assert.Equal(("when", "visits.begin < 2", "At first"), (Text(made, "kind"), Text(made, "condition"), Text(made, "note")));
        Assert.Equal(["when", "always"], await KindsAsync(scenario));
        var path = $"{scenario.Path}/transitions/{Text(made, "id")}";
        await scenario.Owner.Api.PutAsync(path, new { priority = 1 });
        Assert.Equal(["always", "when"], await KindsAsync(scenario));
        var last = (await scenario.Owner.Api.PutAsync(path, new { kind = "else" }))["transition"]!;
        Assert.Equal(("else", 3), (Text(last, "kind"), last["max_visits"]!.GetValue<int>()));
        Assert.Null(last["condition"]);
        var when = (await scenario.Owner.Api.PutAsync(path, new { condition = "visits.begin < 4" }))["transition"]!;
        Assert.Equal(("when", "visits.begin < 4"), (Text(when, "kind"), Text(when, "condition")));

        var other = await BlankAsync();
        var refused = await other.Owner.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            $"{other.Path}/transitions",
            new
            {
                from_state_id = begin,
                to_state_id = done,
                max_visits = 0,
            }
        );
        Assert.Equal(["from_state_id", "to_state_id"], refused["errors"]!.AsObject().Select(error => error.Key));
        await other.Owner.Api.ProblemAsync(404, HttpMethod.Put, $"{other.Path}/transitions/{Text(made, "id")}", new { priority = 0 });

        Assert.Equal(Text(made, "id"), Text((await scenario.Owner.Api.GetAsync(path))["transition"]!, "id"));
        await scenario.Owner.Api.DeleteAsync(path);
        await scenario.Owner.Api.ProblemAsync(404, HttpMethod.Get, path);
        Assert.Equal(["always"], await KindsAsync(scenario));
    }

    [Fact]
    public async Task A_states_new_name_is_carried_to_the_conditions_that_read_it()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await scenario.AddStateAsync(new { name = "explain_more", node_type = "end" });
        var review = await scenario.TransitionsAsync("review");
        var path = $"{scenario.Path}/transitions/{Text(review[1], "id")}";
        await scenario.Owner.Api.PutAsync(
            path,
            new { condition = "visits.explain < 3 && visits.explain_more == 0 && (visits.explain > 0)" }
        );

        await scenario.ChangeStateAsync("explain", new { name = "say" });

        Assert.Equal(
            "visits.say < 3 && visits.explain_more == 0 && (visits.say > 0)",
            Text((await scenario.Owner.Api.GetAsync(path))["transition"]!, "condition")
        );
        Assert.Equal(Text(await scenario.StateAsync("say"), "id"), Text((await scenario.TransitionsAsync("begin"))[0], "to_state_id"));
    }

    [Fact]
    public async Task A_roles_new_name_is_carried_to_learner_audiences_and_facts()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await scenario.ChangeStateAsync("explain", new { audience = new[] { "reviewer", "developer" } });

        await scenario.ChangeRoleAsync("developer", new { name = "author" });
        await scenario.ChangeRoleAsync("reviewer", new { name = "critic" });

        var read = await scenario.ReadAsync();
        Assert.Equal("author", Text(read, "learner_role"));
        Assert.Equal(["critic"], Texts(read["facts"]!.AsArray().Single(fact => Text(fact!, "name") == "known_bug")!["known_to"]));
        var explain = await scenario.StateAsync("explain");
        Assert.Equal(["critic", "author"], Texts(explain["audience"]));
        Assert.Equal(["author"], Texts(explain["roles"]));
        Assert.DoesNotContain((await scenario.Owner.Api.PostAsync($"{scenario.Path}/check"))["problems"]!.AsArray(), IsError);
    }

    [Fact]
    public async Task A_state_whose_audience_names_a_deleted_role_takes_other_changes_and_transitions_move_up()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await scenario.ChangeStateAsync("explain", new { audience = new[] { "reviewer" } });
        await scenario.Owner.Api.DeleteAsync($"{scenario.Path}/roles/{Text(await scenario.RoleAsync("reviewer"), "id")}");

        await scenario.ChangeStateAsync("explain", new { description = "Says it anew." });

        Assert.Equal(["reviewer"], Texts((await scenario.StateAsync("explain"))["audience"]));
        var first = (await scenario.TransitionsAsync("review"))[0];
        await scenario.Owner.Api.DeleteAsync($"{scenario.Path}/transitions/{Text(first, "id")}");
        Assert.Equal([0, 1], (await scenario.TransitionsAsync("review")).Select(one => one["priority"]!.GetValue<int>()));
    }

    [Fact]
    public async Task With_a_state_go_the_transitions_to_it_and_from_it()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var review = Text(await scenario.StateAsync("review"), "id");

        await scenario.Owner.Api.DeleteAsync($"{scenario.Path}/states/{review}");

        Assert.Empty(await scenario.TransitionsAsync("explain"));
        Assert.Single(await scenario.TransitionsAsync());
        Assert.Equal(4, (await scenario.ReadAsync())["state_count"]!.GetValue<int>());
        Assert.Contains((await scenario.Owner.Api.PostAsync($"{scenario.Path}/check"))["problems"]!.AsArray(), IsError);
    }

    [Theory]
    [InlineData("states", "description", "updated_at")]
    [InlineData("roles", "description", "updated_at")]
    [InlineData("transitions", "note", "updated_at")]
    [InlineData("", "description", "settings_updated_at")]
    public async Task Of_two_who_change_what_they_both_read_one_is_told_so(string elements, string field, string seen)
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        var api = scenario.Owner.Api;
        var read = elements.Length == 0 ? await scenario.ReadAsync() : (await api.GetAsync($"{scenario.Path}/{elements}"))[elements]![0]!;
        var path = elements.Length == 0 ? scenario.Path : $"{scenario.Path}/{elements}/{Text(read, "id")}";

        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 2)
                .Select(n => api.SendAsync(HttpMethod.Put, path, new JsonObject { [field] = $"Text {n}", [seen] = Text(read, seen) }))
        );

        Assert.Equal([200, 409], answers.Select(answer => (int)answer.StatusCode).Order());
        await api.PutAsync(path, new JsonObject { [field] = "Whatever stands" });
    }

    [Fact]
    public async Task There_are_sixty_states_twelve_roles_and_twenty_transitions_of_a_state_at_most()
    {
        var scenario = await BlankAsync();
        var (begin, done) = (Text(await scenario.StateAsync("begin"), "id"), Text(await scenario.StateAsync("done"), "id"));
        for (var i = 1; i <= 12; i++)
        {
            await scenario.AddRoleAsync(new { name = $"role_{i}" });
        }

        for (var i = 3; i <= 60; i++)
        {
            await scenario.AddStateAsync(new { name = $"state_{i}", node_type = "end" });
        }

        var transition = new
        {
            from_state_id = begin,
            to_state_id = done,
            kind = "manual",
            condition = "Go on",
        };
        for (var i = 2; i <= 20; i++)
        {
            await scenario.AddTransitionAsync(transition);
        }

        var api = scenario.Owner.Api;
        await api.ProblemAsync(409, HttpMethod.Post, $"{scenario.Path}/roles", new { name = "role_13" });
        await api.ProblemAsync(409, HttpMethod.Post, $"{scenario.Path}/states", new { name = "state_61", node_type = "end" });
        await api.ProblemAsync(409, HttpMethod.Post, $"{scenario.Path}/transitions", transition);
        var next = Enumerable.Range(0, 21).Select(_ => new { to = "done", kind = "always" });
        var refused = await api.ProblemAsync(400, HttpMethod.Put, $"{scenario.Path}/states/{begin}", new { next });
        Assert.NotNull(refused["errors"]!["next"]);
        var read = await scenario.ReadAsync();
        Assert.Equal("60 12 20", $"{read["state_count"]} {read["role_count"]} {read["transition_count"]}");
    }

    private Task<WrittenScenario> BlankAsync() => WrittenScenario.MakeAsync(republic.Jonas, new { name = "Blank" });

    private static async Task<IEnumerable<string?>> KindsAsync(WrittenScenario scenario) =>
        (await scenario.TransitionsAsync("begin")).Select(transition => Text(transition, "kind"));

    private static bool IsError(JsonNode? problem) => (string?)problem!["severity"] == "error";

    private static string? Text(JsonNode node, string field) => (string?)node[field];

    private static IEnumerable<string?> Texts(JsonNode? list) => list!.AsArray().Select(text => (string?)text);
}
