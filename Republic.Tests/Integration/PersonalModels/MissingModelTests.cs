using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Minions;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>Minions whose model was removed or replaced say so wherever they are shown, and one press gives them another.</summary>
public sealed class MissingModelTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Gone = "seedling";
    private const string Other = "sapling";

    private static readonly byte[] OtherFile = OwnModels.SproutOf(GgufMutations.Sprout.Length + 704);

    [Fact]
    public async Task A_removed_model_is_said_wherever_its_minion_is_and_one_press_moves_it()
    {
        var (person, neighbour) = (await republic.NewPersonAsync("Remover"), await republic.NewPersonAsync("Keeper"));
        var model = await InstalledAsync(person, Gone);
        await OwnModels.InstallAsync(person, Other, OtherFile);
        await OwnModels.InstallAsync(neighbour, Gone);
        var (minion, theirs) = (await OnAsync(person, "iris", Gone), await OnAsync(neighbour, "iris", Gone));
        var browser = await person.BrowserAsync();
        var chat = await Chat.BeginAsync(person, minion);
        Assert.Null((await MinionAsync(person, minion))["model_missing"]);
        Assert.DoesNotContain("not on this machine", await browser.ReadAsync($"/models/{minion}"));

        await person.Api.DeleteAsync(OwnModels.PathOf(model));

        var missing = (await MinionAsync(person, minion))["model_missing"]!;
        Assert.Equal((Gone, Other), ((string?)missing["model"], (string?)missing["suggestion"]));
        var pages = new[] { $"/models/{minion}", $"/models/{minion}/edit", $"/chats/{chat.Id}" };
        foreach (var page in pages)
        {
            var html = await browser.ReadAsync(page);
            Assert.Contains("is not on this machine any more.", html);
            Assert.Contains("Iris does not answer until it has another model.", html);
            Assert.Contains($"Move to {Other}", html);
        }

        var list = await browser.ReadAsync("/models");
        Assert.Contains("Model is not here", list);
        Assert.Contains("One needs", list);
        Assert.Contains("Iris", await browser.ReadAsync("/models?attention=true"));

        using var moved = await MoveAsync(browser, $"/chats/{chat.Id}", minion, Other);
        Assert.Equal($"/chats/{chat.Id}", moved.Headers.Location?.ToString());
        Assert.Equal(Other, (string?)(await MinionAsync(person, minion))["model_id"]);
        Assert.Null((await MinionAsync(person, minion))["model_missing"]);
        Assert.Equal("complete", Chat.State(await chat.AskAsync("Hello")));
        Assert.All(await Task.WhenAll(pages.Select(browser.ReadAsync)), html => Assert.DoesNotContain("not on this machine any", html));

        var other = await MinionAsync(neighbour, theirs);
        Assert.Equal((Gone, null), ((string?)other["model_id"], other["model_missing"]));
    }

    [Fact]
    public async Task All_minions_move_at_once_their_fallbacks_too_and_undo_puts_back_what_moved()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Mover");
        var model = await InstalledAsync(person, Gone);
        await OwnModels.InstallAsync(person, Other, OtherFile);
        var (first, second) = (await OnAsync(person, "anna", Gone), await OnAsync(person, "bert", Gone));
        var fallbacks = new JsonArray(Local("sprout"), Local(Gone));
        var third = (await person.NewMinionAsync("carl", vendor, new JsonObject { ["fallbacks"] = fallbacks })).Id;
        var stays = await OnAsync(person, "dora", Other);
        await person.Api.DeleteAsync(OwnModels.PathOf(model));
        var browser = await person.BrowserAsync();
        Assert.Contains("As a fallback of Carl it is passed over.", await browser.ReadAsync($"/models/{third}"));
        Assert.Contains($"Move all 3 to {Other}", await browser.ReadAsync($"/models/{first}"));
        Assert.Contains("3 minions name it: Anna, Bert, Carl.", await browser.ReadAsync("/models"));

        using var moved = await browser.SubmitAsync("/models", new Dictionary<string, string> { ["to"] = Other }, "/move");

        Assert.Equal("/models", moved.Headers.Location?.ToString());
        Assert.Equal($"{Other} {Other}", await ModelsAsync(person, first, second));
        Assert.Equal(["sprout", Other], await FallbacksAsync(person, third));
        await person.Api.PutAsync($"/api/minions/{second}", new { model_id = "sprout" });
        using var undone = await browser.SubmitAsync("/models", new Dictionary<string, string>(), "handler=Undo");
        Assert.Equal(HttpStatusCode.Redirect, undone.StatusCode);
        Assert.Equal($"{Gone} sprout {Other}", await ModelsAsync(person, first, second, stays));
        Assert.Equal(["sprout", Gone], await FallbacksAsync(person, third));
        Assert.Contains($"2 minions are on {Gone} again.", await browser.ReadAsync("/models"));
    }

    [Fact]
    public async Task A_move_refuses_what_is_not_here_and_a_stranger()
    {
        var (person, stranger) = (await republic.NewPersonAsync("Careful"), await republic.NewPersonAsync("Curious"));
        var minion = await OnAsync(person, "iris", "never-was");
        var browser = await person.BrowserAsync();
        var html = await browser.ReadAsync($"/models/{minion}");
        Assert.Contains("is not on this machine.", html);
        Assert.Contains("Move to sprout", html);

        using var unknown = await MoveAsync(browser, $"/models/{minion}", minion, "nonesuch");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var other = await MoveAsync(await stranger.BrowserAsync(), "/models", minion, "sprout", "never-was");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        using var stale = await MoveAsync(browser, $"/models/{minion}", minion, "sprout", "something-else");
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal("never-was", await ModelAsync(person, minion));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trained_weights_follow_to_the_file_that_they_were_made_for_and_to_no_other(bool isSame)
    {
        var person = await republic.NewPersonAsync(isSame ? "Weigher" : "Loser");
        var model = await InstalledAsync(person, Gone);
        var minion = await OnAsync(person, "iris", Gone);
        await TrainedAsync(minion, OwnModels.Digest(GgufMutations.Sprout));
        await OwnModels.InstallAsync(person, Other, isSame ? null : OtherFile);
        await person.Api.DeleteAsync(OwnModels.PathOf(model));
        var browser = await person.BrowserAsync();

        using var moved = await MoveAsync(browser, $"/models/{minion}", minion, Other);

        var now = await MinionAsync(person, minion);
        Assert.Equal((Other, isSame ? "weights" : null), ((string?)now["model_id"], (string?)now["adapter"]));
        Assert.Equal(isSame ? Other : Gone, await republic.QueryAsync(db => TrainedOn(db.MinionVersions, minion).SingleAsync()));
        Assert.Contains(isSame ? "they stay in use" : "those of Iris are out of use", await browser.ReadAsync($"/models/{minion}"));
    }

    [Fact]
    public async Task A_model_with_another_file_says_that_the_weights_mean_nothing_on_it_and_version_0_is_a_press_away()
    {
        var person = await republic.NewPersonAsync("Replacer");
        var model = await InstalledAsync(person, Gone);
        var minion = await OnAsync(person, "iris", Gone);
        await TrainedAsync(minion, OwnModels.Digest(GgufMutations.Sprout));
        var browser = await person.BrowserAsync();
        Assert.DoesNotContain("is another file now", await browser.ReadAsync($"/models/{minion}"));
        await person.Api.DeleteAsync(OwnModels.PathOf(model));
        await OwnModels.InstallAsync(person, Gone, OtherFile);

        Assert.Contains("is another file now than the one that version 1 was trained on", await browser.ReadAsync($"/models/{minion}"));
        using var chosen = await browser.SubmitAsync($"/models/{minion}", new Dictionary<string, string>(), "/versions/0");

        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        Assert.Null((await MinionAsync(person, minion))["adapter"]);
        Assert.DoesNotContain("is another file now", await browser.ReadAsync($"/models/{minion}"));
    }

    [Fact]
    public async Task The_form_says_of_each_model_whether_it_fits_its_size_and_its_speed()
    {
        var person = await republic.NewPersonAsync("Chooser");
        await OwnModels.InstallAsync(person, Other, OtherFile);

        var form = await (await person.BrowserAsync()).ReadAsync("/models/new");

        const string Verdict = "(fits in memory|fits only just|does not fit in memory)";
        Assert.Matches($@">{Other}, {Verdict}, [\d.,]+ MB, [\d.,]+ tok/s</option>", form);
        Assert.Matches($@">sprout, {Verdict}, [\d.,]+ MB</option>", form);
        Assert.Matches(@"data-model-facts[^>]*>sprout, [\d.,]+ MB\. It (fits|is tight|does not fit)\b", form);
    }

    private static IQueryable<string> TrainedOn(IQueryable<MinionVersion> versions, Guid minion) =>
        versions.Where(v => v.MinionId == minion && v.Number == 1).Select(v => v.ModelId);

    /// <summary>As if a run had trained version 1 on this file.</summary>
    private Task<int> TrainedAsync(Guid id, string digest) =>
        republic.QueryAsync(async db =>
        {
            var minion = await db.Minions.SingleAsync(m => m.Id == id);
            db.MinionVersions.AddRange(Version(0, null), Version(1, "weights"));
            (minion.Version, minion.Adapter) = (1, "weights");
            return await db.SaveChangesAsync();

            MinionVersion Version(int number, string? adapter) =>
                new()
                {
                    MinionId = id,
                    Number = number,
                    Provider = minion.Provider,
                    ModelId = minion.ModelId,
                    Adapter = adapter,
                    BaseSha256 = adapter is null ? null : digest,
                    CreatedAt = minion.CreatedAt,
                };
        });

    private static JsonObject Local(string model) => new() { ["provider"] = "local", ["model_id"] = model };

    private static async Task<Guid> InstalledAsync(Inhabitant person, string name) =>
        (await OwnModels.InstallAsync(person, name))["id"]!.GetValue<Guid>();

    private static async Task<Guid> OnAsync(Inhabitant person, string name, string model) =>
        (await person.NewMinionAsync(name, more: new JsonObject { ["model_id"] = model })).Id;

    private static async Task<JsonNode> MinionAsync(Inhabitant person, Guid minion) =>
        (await person.Api.GetAsync($"/api/minions/{minion}"))["minion"]!;

    private static async Task<string?> ModelAsync(Inhabitant person, Guid minion) =>
        (string?)(await MinionAsync(person, minion))["model_id"];

    private static async Task<string> ModelsAsync(Inhabitant person, params Guid[] minions) =>
        string.Join(' ', await Task.WhenAll(minions.Select(minion => ModelAsync(person, minion))));

    private static async Task<IEnumerable<string?>> FallbacksAsync(Inhabitant person, Guid minion) =>
        (await MinionAsync(person, minion))["fallbacks"]!.AsArray().Select(fallback => (string?)fallback!["model_id"]);

    /// <summary>Presses a button of the page's form, or sends what such a form would.</summary>
    private static async Task<HttpResponseMessage> MoveAsync(Visitor browser, string page, Guid minion, string to, string? from = null)
    {
        if (from is null)
        {
            return await browser.SubmitAsync(page, new Dictionary<string, string> { ["to"] = to }, $"/models/{minion}/move");
        }

        var fields = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Html.Token(await browser.ReadAsync(page)),
            ["from"] = from,
            ["to"] = to,
        };
        return await browser.Http.PostAsync(
            $"/models/{minion}/move",
            new FormUrlEncodedContent(fields),
            TestContext.Current.CancellationToken
        );
    }
}
