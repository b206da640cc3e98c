using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>A file that two people have is in memory once: what each of them chose holds beside what the other did.</summary>
public sealed class SharedModelMemoryTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Each_has_a_context_of_their_own()
    {
        var (ada, eve) = await TwoAsync(1);
        await ada.ChangeAsync(new { context_length = 512 });

        await ada.AskAsync();
        Assert.Equal(512, await ContextAsync(ada));
        await eve.AskAsync();
        var longer = await ContextAsync(eve);
        Assert.True(longer > 512);
        // The longer one answers for both.
        await ada.AskAsync();
        Assert.Equal(longer, await ContextAsync(ada));
    }

    [Fact]
    public async Task It_stays_as_long_as_the_one_wants_who_wants_it_longest()
    {
        var (ada, eve) = await TwoAsync(2);
        await eve.ChangeAsync(new { keep_alive_minutes = 60 });
        await ada.ChangeAsync(new { keep_alive_minutes = 2 });
        await ada.AskAsync();
        Assert.InRange(await UnloadsInAsync(ada), 3000, 3600);

        await eve.ChangeAsync(new { keep_alive_minutes = 1 });
        Assert.InRange(await UnloadsInAsync(ada), 60, 120);
        await eve.ChangeAsync(new { keep_alive_minutes = 5 });
        Assert.InRange(await UnloadsInAsync(ada), 200, 300);
        await eve.Person.Api.DeleteAsync(OwnModels.PathOf(eve.Model));
        Assert.InRange(await UnloadsInAsync(ada), 60, 120);
    }

    [Fact]
    public async Task A_pin_is_its_owners_and_neither_a_test_nor_a_deletion_of_the_others_undoes_it()
    {
        var (ada, eve) = await TwoAsync(3);
        await ada.ChangeAsync(new { pinned = true });
        await eve.AskAsync();

        var page = await (await eve.Person.BrowserAsync()).ReadAsync("/personal-models/memory");
        Assert.Contains("pinned by somebody else", page, StringComparison.Ordinal);
        Assert.Contains("pinned=True", page, StringComparison.OrdinalIgnoreCase);
        var tested = (await OwnModels.ModelAsync(eve.Person, eve.Model))["stages"]!["testing"]!.GetValue<DateTimeOffset>();
        await eve.Person.Api.PostAsync(OwnModels.PathOf(eve.Model, "test"));
        var ready = await OwnModels.UntilAsync(eve.Person, eve.Model, "ready");
        Assert.True(ready["stages"]!["testing"]!.GetValue<DateTimeOffset>() > tested);
        Assert.True(await PinnedAsync(ada));
        await eve.ChangeAsync(new { pinned = true });
        await eve.ChangeAsync(new { pinned = false });
        Assert.True(await PinnedAsync(ada));

        await eve.Person.Api.DeleteAsync(OwnModels.PathOf(eve.Model));
        Assert.True(await PinnedAsync(ada));
        await ada.ChangeAsync(new { pinned = false });
        Assert.False(await PinnedAsync(ada));
    }

    [Fact]
    public async Task What_a_form_did_not_touch_stays_as_somebody_changed_it_meanwhile()
    {
        var (ada, _) = await TwoAsync(4);
        var visitor = await ada.Person.BrowserAsync();
        await ada.ChangeAsync(new { keep_alive_minutes = 90, pinned = true });

        using var saved = await visitor.SubmitAsync(
            $"/personal-models/{ada.Model}",
            new Dictionary<string, string>
            {
                ["Input.CustomName"] = "shared",
                ["Input.Was.CustomName"] = "shared",
                ["Input.KeepAliveMinutes"] = "",
                ["Input.Was.KeepAliveMinutes"] = "",
                ["Input.Was.Pinned"] = "false",
                ["Input.ContextLength"] = "1024",
                ["Input.Was.ContextLength"] = "",
            },
            "/settings"
        );

        Assert.True((int)saved.StatusCode < 400, $"{saved.StatusCode}");
        var now = await OwnModels.ModelAsync(ada.Person, ada.Model);
        Assert.Equal((90, 1024), (now["keep_alive_minutes"]!.GetValue<int>(), now["context_length"]!.GetValue<int>()));
        Assert.True(now["pinned"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("no\0body")]
    [InlineData("nobody")]
    public async Task The_button_for_a_shorter_context_of_a_model_that_is_not_there_leads_back_with_the_reason(string name)
    {
        var person = await republic.NewPersonAsync($"Late{name.Length}");
        var visitor = await person.BrowserAsync();

        var token = new KeyValuePair<string, string>(
            "__RequestVerificationToken",
            Html.Token(await visitor.ReadAsync("/personal-models/add"))
        );

        using var sent = await visitor.Http.PostAsync(
            $"/personal-models/memory?handler=Context&name={Uri.EscapeDataString(name)}&context=512&back=/personal-models",
            new FormUrlEncodedContent([token]),
            TestContext.Current.CancellationToken
        );

        Assert.Equal("/personal-models", sent.Headers.Location?.OriginalString);
        Assert.Contains("class=\"toast\"", await visitor.ReadAsync("/personal-models"), StringComparison.Ordinal);
    }

    private async Task<(Owner Ada, Owner Eve)> TwoAsync(int number)
    {
        var file = OwnModels.SproutOf(GgufMutations.Sprout.Length + 200 + number);
        return (await OwnerAsync($"Ada{number}", file), await OwnerAsync($"Eve{number}", file));
    }

    private async Task<Owner> OwnerAsync(string name, byte[] file)
    {
        var person = await republic.NewPersonAsync(name);
        var model = (await OwnModels.InstallAsync(person, "shared", file))["id"]!.GetValue<Guid>();
        var minion = await person.NewMinionAsync("one", more: new JsonObject { ["model_id"] = "shared" });
        await person.Api.PostAsync(OwnModels.PathOf(model, "unload"));
        return new Owner(person, model, minion.Id);
    }

    private static async Task<JsonNode> LoadedAsync(Owner owner) =>
        (await owner.Person.Api.GetAsync("/api/personal-models/loaded"))["models"]!
            .AsArray()
            .Single(one => one!["personal_model_id"]?.GetValue<Guid>() == owner.Model)!;

    private static async Task<int> ContextAsync(Owner owner) => (await LoadedAsync(owner))["context_length"]!.GetValue<int>();

    private static async Task<double> UnloadsInAsync(Owner owner) => (await LoadedAsync(owner))["unloads_in_seconds"]!.GetValue<double>();

    private static async Task<bool> PinnedAsync(Owner owner) => (await LoadedAsync(owner))["pinned"]!.GetValue<bool>();

    private sealed record Owner(Inhabitant Person, Guid Model, Guid Minion)
    {
        public async Task ChangeAsync(object change) => await Person.Api.PutAsync(OwnModels.PathOf(Model), change);

        public async Task AskAsync()
        {
            var answer = await Person.Api.PostAsync($"/api/minions/{Minion}/test");
            Assert.True(answer["ok"]!.GetValue<bool>(), answer.ToJsonString());
        }
    }
}
