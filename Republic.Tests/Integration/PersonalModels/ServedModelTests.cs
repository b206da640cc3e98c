using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.PersonalModels.Fitting;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>What a person sees of the memory that models share, and does with their own.</summary>
public sealed class ServedModelTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Loaded = "/api/personal-models/loaded";

    [Fact]
    public async Task A_person_sees_their_models_in_memory_pins_and_unloads_them_and_others_see_no_name()
    {
        var (ada, eve) = (await republic.NewPersonAsync("Server"), await republic.NewPersonAsync("Stranger"));
        var file = OwnModels.SproutOf(GgufMutations.Sprout.Length + 101);
        var model = (await OwnModels.InstallAsync(ada, "mine", file))["id"]!.GetValue<Guid>();

        var seen = await LoadedAsync(ada, model);
        Assert.Equal(("mine", true, false), (seen!["name"]!.GetValue<string>(), seen["is_own"]!.GetValue<bool>(), Pinned(seen)));
        Assert.InRange(seen["bytes"]!.GetValue<long>(), 50 << 20, 150 << 20);
        Assert.True(seen["tokens_per_second"]!.GetValue<double>() > 0);
        Assert.True(seen["prompt_tokens"]!.GetValue<long>() > 0);
        Assert.InRange(seen["unloads_in_seconds"]!.GetValue<double>(), 1500, 1800);
        var memory = (await ada.Api.GetAsync(Loaded))["memory"]!;
        Assert.True(memory["planned_bytes"]!.GetValue<long>() <= memory["budget_bytes"]!.GetValue<long>());

        var foreign = (await eve.Api.GetAsync(Loaded))["models"]!.AsArray();
        Assert.DoesNotContain("mine", foreign.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(foreign, one => one!["name"] is null && one["personal_model_id"] is null && !one["is_own"]!.GetValue<bool>());
        var page = await (await eve.BrowserAsync()).ReadAsync("/personal-models/memory");
        Assert.Contains("Somebody else’s model", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain(OwnModels.Digest(file), page, StringComparison.Ordinal);
        var own = await (await ada.BrowserAsync()).ReadAsync("/personal-models/memory");
        Assert.Contains($"id=\"served-{model}\"", own, StringComparison.Ordinal);
        await eve.Api.ProblemAsync(404, HttpMethod.Post, OwnModels.PathOf(model, "unload"));
        await eve.Api.ProblemAsync(404, HttpMethod.Post, OwnModels.PathOf(model, "retry"));

        await ada.Api.PutAsync(OwnModels.PathOf(model), new { pinned = true, keep_alive_minutes = 5 });
        Assert.True(Pinned((await LoadedAsync(ada, model))!));
        await ada.Api.PutAsync(OwnModels.PathOf(model), new { pinned = false });
        Assert.InRange((await LoadedAsync(ada, model))!["unloads_in_seconds"]!.GetValue<double>(), 200, 300);

        Assert.True((await ada.Api.PostAsync(OwnModels.PathOf(model, "unload")))["unloaded"]!.GetValue<bool>());
        Assert.Null(await LoadedAsync(ada, model));
        Assert.False((await ada.Api.PostAsync(OwnModels.PathOf(model, "unload")))["unloaded"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_file_that_two_people_have_stays_as_long_as_one_has_it_pinned()
    {
        var (ada, eve) = (await republic.NewPersonAsync("Pia"), await republic.NewPersonAsync("Paul"));
        var file = OwnModels.SproutOf(GgufMutations.Sprout.Length + 103);
        var mine = (await OwnModels.InstallAsync(ada, "shared", file))["id"]!.GetValue<Guid>();
        var theirs = (await OwnModels.InstallAsync(eve, "also", file))["id"]!.GetValue<Guid>();
        await ada.Api.PutAsync(OwnModels.PathOf(mine), new { pinned = true });

        var refused = await eve.Api.ProblemAsync(409, HttpMethod.Post, OwnModels.PathOf(theirs, "unload"));
        Assert.Contains("pinned", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await ada.Api.DeleteAsync(OwnModels.PathOf(mine));
        Assert.True((await eve.Api.PostAsync(OwnModels.PathOf(theirs, "unload")))["unloaded"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_pin_does_not_count_while_who_pinned_it_is_deactivated()
    {
        var (ada, eve) = (await republic.NewPersonAsync("Absent"), await republic.NewPersonAsync("Present"));
        var file = OwnModels.SproutOf(GgufMutations.Sprout.Length + 127);
        var mine = (await OwnModels.InstallAsync(ada, "shared", file))["id"]!.GetValue<Guid>();
        var theirs = (await OwnModels.InstallAsync(eve, "also", file))["id"]!.GetValue<Guid>();
        await ada.Api.PutAsync(OwnModels.PathOf(mine), new { pinned = true });
        Assert.True(Pinned((await LoadedAsync(eve, theirs))!));

        await republic.Mira.Api.PostAsync($"/api/admin/people/{ada.Id}/deactivate");
        Assert.False(Pinned((await LoadedAsync(eve, theirs))!));
        await republic.Mira.Api.PostAsync($"/api/admin/people/{ada.Id}/reactivate");
        Assert.True(Pinned((await LoadedAsync(eve, theirs))!));
        await eve.Api.ProblemAsync(409, HttpMethod.Post, OwnModels.PathOf(theirs, "unload"));
        await republic.Mira.Api.PostAsync($"/api/admin/people/{ada.Id}/deactivate");

        // The last who may use it deletes it: it leaves the memory, and stays on the disk for who comes back.
        await eve.Api.DeleteAsync(OwnModels.PathOf(theirs));
        var (host, ct) = (republic.Services.GetRequiredService<HostModels>(), TestContext.Current.CancellationToken);
        await Until.TrueAsync(async () => !(await host.NowAsync(ct)).Files.Contains(OwnModels.Digest(file), StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(republic.DataFolder, "personal-models", $"{OwnModels.Digest(file)}.gguf")));
    }

    [Fact]
    public async Task A_deleted_model_leaves_the_memory()
    {
        var ada = await republic.NewPersonAsync("Leaver");
        var file = OwnModels.SproutOf(GgufMutations.Sprout.Length + 107);
        var model = (await OwnModels.InstallAsync(ada, "leaving", file))["id"]!.GetValue<Guid>();
        Assert.NotNull(await LoadedAsync(ada, model));
        var (digest, before) = (OwnModels.Digest(file), await CountAsync(ada));

        await ada.Api.DeleteAsync(OwnModels.PathOf(model));

        Assert.Equal(before - 1, await CountAsync(ada));
        Assert.False(File.Exists(Path.Combine(republic.DataFolder, "personal-models", $"{digest}.gguf")));
    }

    [Fact]
    public async Task A_model_that_crashed_the_host_says_so_until_its_owner_tries_it_again()
    {
        var ada = await republic.NewPersonAsync("Daring");
        var file = OwnModels.SproutOf(GgufMutations.Sprout.Length + 109);
        var model = (await OwnModels.InstallAsync(ada, "daring", file))["id"]!.GetValue<Guid>();
        var minion = await ada.NewMinionAsync("risk", more: new JsonObject { ["model_id"] = "daring" });
        await ada.Api.PostAsync(OwnModels.PathOf(model, "unload"));
        Quarantine(OwnModels.Digest(file));

        var notice = (await OwnModels.ModelAsync(ada, model))["quarantined"]!;
        Assert.Contains("crashed over this file on 20 Nov 2026", notice["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        var failed = await ada.Api.PostAsync($"/api/minions/{minion.Id}/test");
        Assert.Contains("is not loaded any more", failed.ToJsonString(), StringComparison.Ordinal);
        var page = await (await ada.BrowserAsync()).ReadAsync($"/personal-models/{model}");
        Assert.Contains("Try it again", page, StringComparison.Ordinal);

        await ada.Api.PostAsync(OwnModels.PathOf(model, "retry"));

        Assert.Null((await OwnModels.UntilAsync(ada, model, "ready"))["quarantined"]);
        var answer = await ada.Api.PostAsync($"/api/minions/{minion.Id}/test");
        Assert.True(answer["ok"]!.GetValue<bool>(), answer.ToJsonString());
    }

    [Fact]
    public async Task A_model_over_which_the_host_crashed_is_suggested_to_no_minion()
    {
        var ada = await republic.NewPersonAsync("Careful");
        var file = OwnModels.SproutOf(GgufMutations.Sprout.Length + 121);
        var left = (await OwnModels.InstallAsync(ada, "left", file))["id"]!.GetValue<Guid>();
        var gone = (await OwnModels.InstallAsync(ada, "gone", OwnModels.SproutOf(file.Length + 1)))["id"]!.GetValue<Guid>();
        var minion = await ada.NewMinionAsync("lost", more: new JsonObject { ["model_id"] = "gone" });
        await ada.Api.DeleteAsync(OwnModels.PathOf(gone));
        Assert.Equal("left", await SuggestionAsync());

        Quarantine(OwnModels.Digest(file));

        Assert.NotEqual("left", await SuggestionAsync());
        await ada.Api.PostAsync(OwnModels.PathOf(left, "retry"));
        Assert.Equal("left", await SuggestionAsync());

        async Task<string?> SuggestionAsync() =>
            (string?)(await ada.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["model_missing"]!["suggestion"];
    }

    private static bool Pinned(JsonNode loaded) => loaded["pinned"]!.GetValue<bool>();

    private static async Task<JsonNode?> LoadedAsync(Inhabitant person, Guid model) =>
        (await person.Api.GetAsync(Loaded))["models"]!
            .AsArray()
            .FirstOrDefault(one => one!["personal_model_id"]?.GetValue<Guid>() == model);

    private static async Task<int> CountAsync(Inhabitant person) => (await person.Api.GetAsync(Loaded))["models"]!.AsArray().Count;

    private void Quarantine(string digest)
    {
        var file = new FileInfo(Path.Combine(republic.DataFolder, "personal-models", $"{digest}.gguf"));
        var entry = new
        {
            path = file.FullName,
            bytes = file.Length,
            changed_utc = file.LastWriteTimeUtc,
            sha256 = digest,
            at = "2026-11-20T12:00:00Z",
        };
        File.WriteAllText(Path.Combine(republic.DataFolder, "model-host", "quarantine.json"), JsonSerializer.Serialize(new[] { entry }));
    }
}
