using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>How a model is kept in memory, as its owner sets it.</summary>
public sealed class ModelSettingsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task What_is_given_changes_and_what_is_left_out_stays()
    {
        var person = await republic.NewPersonAsync("Keeper");
        var id = await PlantedModels.PlantAsync(republic, person, "kept");
        var fresh = await OwnModels.ModelAsync(person, id);
        Assert.Equal((false, null, null), Settings(fresh));

        var all = await ChangeAsync(
            person,
            id,
            new
            {
                pinned = true,
                keep_alive_minutes = 10_080,
                context_length = 5000,
            }
        );
        Assert.Equal((true, 10_080, 5120), Settings(all));
        Assert.Equal((true, 10_080, 5120), Settings(await OwnModels.ModelAsync(person, id)));

        var renamed = await ChangeAsync(person, id, new { custom_name = "renamed", context_length = 256 });
        Assert.Equal("renamed", renamed["custom_name"]!.GetValue<string>());
        Assert.Equal((true, 10_080, 256), Settings(renamed));
        Assert.Equal((true, 10_080, 256), Settings(await ChangeAsync(person, id, new { })));

        var back = new JsonObject { ["pinned"] = false, ["keep_alive_minutes"] = null };
        Assert.Equal((false, null, 256), Settings(await ChangeAsync(person, id, back)));
        Assert.Equal((false, null, null), Settings(await ChangeAsync(person, id, new JsonObject { ["context_length"] = null })));
    }

    [Fact]
    public async Task Each_field_that_is_wrong_is_named_and_nothing_changes()
    {
        var person = await republic.NewPersonAsync("Hasty");
        var id = await PlantedModels.PlantAsync(republic, person, "steady");

        var refused = await person.Api.ProblemAsync(
            400,
            HttpMethod.Put,
            OwnModels.PathOf(id),
            new
            {
                custom_name = "a/b",
                pinned = true,
                keep_alive_minutes = 365 * 24 * 60,
                context_length = 255,
            }
        );

        var errors = refused["errors"]!.AsObject();
        Assert.Equal(["context_length", "custom_name", "keep_alive_minutes"], errors.Select(error => error.Key).Order());
        Assert.EndsWith(
            "pin it instead, then it stays until you unpin it.",
            errors["keep_alive_minutes"]![0]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        var now = await OwnModels.ModelAsync(person, id);
        Assert.Equal(("steady", (false, null, null)), (now["custom_name"]!.GetValue<string>(), Settings(now)));
        foreach (var wrong in new object[] { new { keep_alive_minutes = 0 }, new { context_length = (1 << 20) + 1 } })
        {
            await person.Api.ProblemAsync(400, HttpMethod.Put, OwnModels.PathOf(id), wrong);
        }
    }

    [Fact]
    public async Task A_name_that_stays_is_no_renaming()
    {
        var person = await republic.NewPersonAsync("Namer");
        var id = await PlantedModels.PlantAsync(republic, person, "same");

        var changed = await ChangeAsync(person, id, new { custom_name = " same ", pinned = true });

        Assert.Equal(("same", true), (changed["custom_name"]!.GetValue<string>(), changed["pinned"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Nobody_changes_the_model_of_another_person()
    {
        var id = await PlantedModels.PlantAsync(republic, republic.Ada, "hers");

        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Put, OwnModels.PathOf(id), new { pinned = true });

        Assert.Equal((false, null, null), Settings(await OwnModels.ModelAsync(republic.Ada, id)));
    }

    private static async Task<JsonNode> ChangeAsync(Inhabitant person, Guid id, object change) =>
        (await person.Api.PutAsync(OwnModels.PathOf(id), change))["personal_model"]!;

    private static (bool Pinned, int? KeepAlive, int? Context) Settings(JsonNode model) =>
        (model["pinned"]!.GetValue<bool>(), model["keep_alive_minutes"]?.GetValue<int>(), model["context_length"]?.GetValue<int>());
}
