using System.Text.Json.Nodes;
using Republic.Core.Minions;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Answering;

/// <summary>A minion whose own model runs elsewhere, with a style that drafts here.</summary>
public sealed class StyleTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private LinkedKnowledge Known => new(republic, republic.Mira);

    [Fact]
    public async Task The_draft_goes_to_the_model_as_voice_and_stands_in_the_trace()
    {
        await using var vendor = new FakeVendor();
        var (chat, minion) = await StyledAsync("drafting", vendor, "sprout");

        var answer = await chat.AskAsync("How do you work?");

        var style = answer["trace"]!["stages"]![0]!;
        Assert.Equal(("style", "done", "sprout"), ((string)style["name"]!, (string)style["status"]!, (string)style["model"]!));
        var draft = (string)style["text"]!;
        Assert.NotEmpty(draft);
        Assert.Contains(draft, vendor.LastRequest.LastMessage);
        Assert.Contains("a fact that stands only in the draft does not belong in your answer", System(vendor));
        Assert.DoesNotContain(draft, System(vendor));
        Assert.Equal("Hello", Chat.Content(answer));
        Assert.Equal(0m, (decimal)style["cost"]!);

        await Known.ChangeAsync(minion, m => m.Pipeline = new MinionPipeline { Style = false });
        answer = await chat.AskAsync("How do you work?");
        Assert.Equal("Switched off.", (string)answer["trace"]!["stages"]![0]!["reason"]!);
        Assert.Equal("How do you work?", vendor.LastRequest.LastMessage);
    }

    [Fact]
    public async Task A_personal_model_drafts_for_its_person_alone()
    {
        await using var vendor = new FakeVendor();
        var owner = await republic.NewPersonAsync("Stylist");
        await OwnModels.InstallAsync(owner, "own-voice");
        var (own, _) = await StyledAsync("owned", vendor, "own-voice", owner);
        var (others, _) = await StyledAsync("borrowed", vendor, "own-voice");

        var style = (await own.AskAsync("How do you work?"))["trace"]!["stages"]![0]!;
        Assert.Equal(("done", "own-voice"), ((string)style["status"]!, (string)style["model"]!));
        Assert.Equal("failed", (string)(await others.AskAsync("How do you work?"))["trace"]!["stages"]![0]!["status"]!);
    }

    [Fact]
    public async Task A_style_that_fails_is_skipped_and_said()
    {
        await using var vendor = new FakeVendor();
        var (chat, _) = await StyledAsync("stumbling", vendor, "no-such-model.gguf");

        var answer = await chat.AskAsync("How do you work?");

        Assert.Equal("Hello", Chat.Content(answer));
        var style = answer["trace"]!["stages"]![0]!;
        Assert.Equal("failed", (string)style["status"]!);
        Assert.NotEmpty((string)style["reason"]!);
        Assert.Equal("How do you work?", vendor.LastRequest.LastMessage);
    }

    [Fact]
    public async Task Without_generation_the_draft_is_the_answer_and_without_a_draft_it_is_said_who_is_missing()
    {
        await using var vendor = new FakeVendor();
        var (chat, minion) = await StyledAsync("ungenerated", vendor, "sprout");
        await Known.ChangeAsync(minion, m => m.Pipeline = new MinionPipeline { Generation = false });

        var answer = await chat.AskAsync("How do you work?");

        Assert.Equal((string)answer["trace"]!["stages"]![0]!["text"]!, Chat.Content(answer));
        Assert.Equal("Switched off: the draft is the answer.", (string)answer["trace"]!["stages"]![2]!["reason"]!);
        await Known.ChangeAsync(minion, m => m.StyleModel = "no-such-model.gguf");
        answer = await chat.AskAsync("How do you work?");
        Assert.Equal("failed", Chat.State(answer));
        Assert.Contains("Generation is switched off for Ungenerated", (string)answer["error"]!);
        Assert.Empty(vendor.Requests);
    }

    private async Task<(Chat Chat, Guid Minion)> StyledAsync(string name, FakeVendor vendor, string model, Inhabitant? owner = null)
    {
        owner ??= republic.Mira;
        var minion = await owner.NewMinionAsync(name, vendor);
        await Known.ChangeAsync(minion.Id, m => m.StyleModel = model);
        return (await Chat.BeginAsync(owner, minion.Id), minion.Id);
    }

    private static string System(FakeVendor vendor) => (string)vendor.LastRequest.Body!["messages"]![0]!["content"]!;
}
