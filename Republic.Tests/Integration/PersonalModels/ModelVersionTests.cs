using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Minions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>The versions that minions have on a personal model, and going back to an earlier one.</summary>
public sealed class ModelVersionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    /// <summary>After the minions were made, whenever that is.</summary>
    private static readonly DateTimeOffset Trained = new(2100, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_minion_goes_back_one_version_at_a_time_or_to_the_one_that_is_named()
    {
        var person = await republic.NewPersonAsync("Trainer");
        var model = await PlantedModels.PlantAsync(republic, person, "grower");
        await TrainedAsync(person, "bosun");

        var listed = await VersionsAsync(person, model);
        Assert.Equal([3, 2, 1, 0], listed.Select(Number));
        Assert.Equal([false, true, false, false], listed.Select(version => version["is_live"]!.GetValue<bool>()));
        Assert.Equal("Bosun", listed[0]["minion_name"]!.GetValue<string>());
        Assert.Null(listed[0]["deployed_at"]);
        Assert.Equal("weights-2", listed[1]["adapter_id"]!.GetValue<string>());
        var card = await OwnModels.ModelAsync(person, model);
        Assert.Equal((true, 2), (card["fine_tuned"]!.GetValue<bool>(), card["fine_tune_version"]!.GetValue<int>()));
        Assert.Equal(Trained.AddDays(2), card["last_training_date"]!.GetValue<DateTimeOffset>());

        var back = await RollBackAsync(person, model);
        Assert.Equal((false, 0), (back["fine_tuned"]!.GetValue<bool>(), back["fine_tune_version"]!.GetValue<int>()));
        Assert.Equal(1, await LiveAsync(person, model));
        await RollBackAsync(person, model, new { });
        Assert.Equal(0, await LiveAsync(person, model));
        var first = await RefusedAsync(person, model, 409);
        Assert.Contains("no earlier one", first["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        await RollBackAsync(person, model, new { version = 1 });
        Assert.Equal(1, await LiveAsync(person, model));
        await RefusedAsync(person, model, 404, new { version = 9 });
        await RefusedAsync(person, model, 404, new { version = -1 });
        var gone = await RefusedAsync(person, model, 409, new { version = 2 });
        Assert.Contains("weights of version 2 are gone", gone["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, await LiveAsync(person, model));
    }

    [Fact]
    public async Task Of_several_minions_one_has_to_be_named()
    {
        var person = await republic.NewPersonAsync("Twins");
        var model = await PlantedModels.PlantAsync(republic, person, "grower");
        var none = await RefusedAsync(person, model, 409);
        Assert.Contains("none was trained on it", none["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var (bosun, _) = (await TrainedAsync(person, "bosun"), await TrainedAsync(person, "cook"));
        var elsewhere = (await person.NewMinionAsync("passenger")).Id;

        var several = (await RefusedAsync(person, model, 400))["errors"]!["minion_id"]![0]!.GetValue<string>();
        Assert.Contains("Bosun", several, StringComparison.Ordinal);
        Assert.Contains("Cook", several, StringComparison.Ordinal);
        await RollBackAsync(person, model, new { version = 0, minion_id = bosun });

        var live = (await VersionsAsync(person, model)).Where(version => version["is_live"]!.GetValue<bool>());
        Assert.Equal([("Bosun", 0), ("Cook", 2)], live.Select(one => (one["minion_name"]!.GetValue<string>(), Number(one))).Order());
        var other = await RefusedAsync(person, model, 409, new { minion_id = elsewhere });
        Assert.Contains("Passenger is on sprout now", other["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await RefusedAsync(person, model, 404, new { minion_id = Guid.CreateVersion7() });
    }

    [Fact]
    public async Task Nobody_reaches_versions_of_another_person()
    {
        var (owner, stranger) = (await republic.NewPersonAsync("Owner"), await republic.NewPersonAsync("Stranger"));
        var model = await PlantedModels.PlantAsync(republic, owner, "grower");
        var minion = await TrainedAsync(owner, "bosun");
        var own = await PlantedModels.PlantAsync(republic, stranger, "grower");

        await stranger.Api.ProblemAsync(404, HttpMethod.Get, OwnModels.PathOf(model, "versions"));
        await RefusedAsync(stranger, model, 404);
        await RefusedAsync(stranger, own, 404, new { minion_id = minion });

        Assert.Empty(await VersionsAsync(stranger, own));
        Assert.False((await OwnModels.ModelAsync(stranger, own))["fine_tuned"]!.GetValue<bool>());
        Assert.Equal(2, await LiveAsync(owner, model));
    }

    /// <summary>A minion on the model “grower” with versions 0 to 3: 2 has weights and is live, 3 is a draft.</summary>
    private async Task<Guid> TrainedAsync(Inhabitant person, string name)
    {
        var minion = (await person.NewMinionAsync(name, more: new JsonObject { ["model_id"] = "grower" })).Id;
        await republic.QueryAsync(async db =>
        {
            var row = await db.Minions.SingleAsync(m => m.Id == minion);
            db.MinionVersions.Add(MinionVersion.Of(row, row.CreatedAt));
            db.MinionVersions.AddRange(
                Version(minion, 1, Trained.AddDays(1)),
                Version(minion, 2, Trained.AddDays(2), "weights-2"),
                Version(minion, 3, deployed: null)
            );
            (row.Version, row.Adapter) = (2, "weights-2");
            return await db.SaveChangesAsync();
        });
        return minion;
    }

    private static MinionVersion Version(Guid minion, int number, DateTimeOffset? deployed, string? adapter = null) =>
        new()
        {
            MinionId = minion,
            Number = number,
            Provider = "local",
            ModelId = "grower",
            EnhancedSystemPrompt = PlantedVersions.Instructions(number),
            Adapter = adapter,
            PromotedAt = deployed,
            CreatedAt = Trained.AddDays(number),
        };

    private static int Number(JsonNode version) => version["version"]!.GetValue<int>();

    private static async Task<int> LiveAsync(Inhabitant person, Guid model) =>
        Number((await VersionsAsync(person, model)).Single(version => version["is_live"]!.GetValue<bool>()));

    private static async Task<List<JsonNode>> VersionsAsync(Inhabitant person, Guid model) =>
        [.. (await person.Api.GetAsync(OwnModels.PathOf(model, "versions")))["versions"]!.AsArray().Select(version => version!)];

    private static async Task<JsonNode> RollBackAsync(Inhabitant person, Guid model, object? order = null) =>
        (await person.Api.PostAsync(OwnModels.PathOf(model, "rollback"), order))["personal_model"]!;

    private static Task<JsonNode> RefusedAsync(Inhabitant person, Guid model, int status, object? order = null) =>
        person.Api.ProblemAsync(status, HttpMethod.Post, OwnModels.PathOf(model, "rollback"), order);
}
