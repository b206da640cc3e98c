using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

/// <summary>JSON that is kept is wrapped when it is answered, and a writer gives up at 64 levels: then the whole list is gone.</summary>
public sealed class NestedJsonTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Theory]
    [InlineData("metadata")]
    [InlineData("behavior_config")]
    [InlineData("lora_config")]
    [InlineData("trait_configuration")]
    public async Task Sixteen_levels_are_kept_and_seventeen_are_refused(string field)
    {
        var minion = await republic.Ada.NewMinionAsync($"nest-{field.Replace('_', '-')}");
        var path = $"/api/minions/{minion.Id}";

        await republic.Ada.Api.PutAsync(path, new JsonObject { [field] = Nested(16) });
        var problem = await republic.Ada.Api.ProblemAsync(400, HttpMethod.Put, path, new JsonObject { [field] = Nested(17) });

        Assert.Contains("more than 16 levels", (string)problem["errors"]![field]![0]!, StringComparison.Ordinal);
        var kept = (await republic.Ada.Api.GetAsync(path))["minion"]![field]!;
        Assert.Equal(Nested(16).ToJsonString(), kept.ToJsonString());
    }

    [Fact]
    public async Task Lists_count_as_levels_and_a_card_is_no_way_around_it()
    {
        var lists = new JsonObject { ["a"] = new JsonArray(Nested(15)) };
        var card = new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["name"] = "Deep",
                ["extensions"] = new JsonObject { ["republic"] = new JsonObject { ["behavior_config"] = Nested(50) } },
            },
        };

        await republic.Ada.Api.ProblemAsync(400, HttpMethod.Post, "/api/minions/import", card);
        var minion = await republic.Ada.NewMinionAsync("lists");
        await republic.Ada.Api.ProblemAsync(400, HttpMethod.Put, $"/api/minions/{minion.Id}", new JsonObject { ["metadata"] = lists });

        Assert.NotNull((await republic.Ada.Api.GetAsync("/api/minions"))["grouped_minions"]);
    }

    private static JsonObject Nested(int levels)
    {
        var json = new JsonObject();
        for (var level = 1; level < levels; level++)
        {
            json = new JsonObject { ["a"] = json };
        }

        return json;
    }
}
