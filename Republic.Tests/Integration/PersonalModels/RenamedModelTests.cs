using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>A model gets another name while minions use it, in each way that a minion can.</summary>
public sealed class RenamedModelTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Before = "seedling";
    private const string After = "Sapling 2";

    [Fact]
    public async Task A_minion_that_answers_with_it_just_then_follows_and_a_neighbours_of_the_same_name_does_not()
    {
        var (person, neighbour) = (await republic.NewPersonAsync("Renamer"), await republic.NewPersonAsync("Namesake"));
        var ids = await Task.WhenAll(new[] { person, neighbour }.Select(InstalledAsync));
        var (minion, theirs) = (await MinionAsync(person), await MinionAsync(neighbour));
        var chat = await Chat.BeginAsync(person, minion);
        Assert.Equal("complete", Chat.State(await chat.AskAsync("Hello")));
        await Until.TrueAsync(async () => await UsesAsync(person, ids[0]) == 1);

        var underWay = await chat.SayAsync("Tell me about yourself, please.");
        await person.Api.PutAsync(OwnModels.PathOf(ids[0]), new { custom_name = After });

        Assert.Equal("complete", Chat.State(await chat.EndOfAsync(underWay)));
        var now = (await person.Api.GetAsync($"/api/minions/{minion}"))["minion"]!;
        Assert.Equal(After, now["model_id"]!.GetValue<string>());
        var answer = await chat.AskAsync("And now?");
        Assert.Equal("complete", Chat.State(answer));
        Assert.NotEmpty(Chat.Content(answer));
        Assert.Equal("Sage", (await OwnModels.ModelAsync(person, ids[0]))["used_by"]![0]!["name"]!.GetValue<string>());
        await Until.TrueAsync(async () => await UsesAsync(person, ids[0]) >= 2);

        var other = (await neighbour.Api.GetAsync($"/api/minions/{theirs}"))["minion"]!;
        Assert.Equal(Before, other["model_id"]!.GetValue<string>());
        Assert.True(await AnswersAsync(neighbour, theirs));
    }

    [Fact]
    public async Task A_fallback_follows_and_a_style_that_drafts_with_it_does_so_before_and_after()
    {
        await using var broken = new FakeVendor();
        broken.Refuses(HttpStatusCode.ServiceUnavailable, "no room today");
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Drafter");
        var id = await InstalledAsync(person);
        var fallbacks = new JsonArray(new JsonObject { ["provider"] = "local", ["model_id"] = Before });
        var steady = (await person.NewMinionAsync("steady", broken, new JsonObject { ["fallbacks"] = fallbacks })).Id;
        var styled = (await person.NewMinionAsync("styled", vendor)).Id;
        await new LinkedKnowledge(republic, person).ChangeAsync(styled, minion => minion.StyleModel = Before);
        var (ofSteady, ofStyled) = (await Chat.BeginAsync(person, steady), await Chat.BeginAsync(person, styled));
        Assert.Equal(("done", Before), Style(await ofStyled.AskAsync("How do you work?")));

        await person.Api.PutAsync(OwnModels.PathOf(id), new { custom_name = After });

        Assert.Equal(("done", After), Style(await ofStyled.AskAsync("How do you work?")));
        var answer = await ofSteady.AskAsync("Are you there?");
        Assert.Equal("complete", Chat.State(answer));
        Assert.Equal(After, answer["route"]!["hops"]!.AsArray()[^1]!["model"]!.GetValue<string>());
        Assert.Equal(After, await republic.QueryAsync(db => db.Minions.Where(m => m.Id == styled).Select(m => m.StyleModel).SingleAsync()));
    }

    private static (string, string) Style(JsonNode answer) =>
        answer["trace"]!["stages"]![0] is { } stage
            ? (stage["status"]!.GetValue<string>(), stage["model"]!.GetValue<string>())
            : throw new InvalidOperationException(answer.ToJsonString());

    private static async Task<Guid> InstalledAsync(Inhabitant person) =>
        (await OwnModels.InstallAsync(person, Before))["id"]!.GetValue<Guid>();

    private static async Task<Guid> MinionAsync(Inhabitant person) =>
        (await person.NewMinionAsync(more: new JsonObject { ["model_id"] = Before })).Id;

    private static async Task<int> UsesAsync(Inhabitant person, Guid model) =>
        (await OwnModels.ModelAsync(person, model))["usage_count"]!.GetValue<int>();

    private static async Task<bool> AnswersAsync(Inhabitant person, Guid minion) =>
        (await person.Api.PostAsync($"/api/minions/{minion}/test"))["ok"]!.GetValue<bool>();
}
