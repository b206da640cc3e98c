using System.Net;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Help;

/// <summary>A person's first minion answers questions about Republic from help, until they take it off.</summary>
public sealed class HelpAnswerTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Question = "How do I make a minion?";

    [Fact]
    public async Task The_first_minion_answers_with_a_sentence_of_help_and_a_link()
    {
        var person = await republic.NewPersonAsync("Newcomer");
        var minion = await person.NewMinionAsync("greeter");
        var chat = await Chat.BeginAsync(person, minion.Id);

        var answer = await chat.AskAsync(Question);

        Assert.StartsWith("This is what the help says:\n\n- ", Chat.Content(answer), StringComparison.Ordinal);
        Assert.Contains("press New minion", Chat.Content(answer), StringComparison.Ordinal);
        var cited = answer["citations"]!.AsArray()[0]!;
        Assert.Equal(
            ("How Republic works › First steps › Your first minion", "/help/first-steps#your-first-minion"),
            ((string)cited["document"]!, (string)cited["address"]!)
        );
        var page = WebUtility.HtmlDecode(await (await person.BrowserAsync()).ReadAsync($"/chats/{chat.Id}"));
        Assert.Contains("<a href=\"/help/first-steps#your-first-minion\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_gets_the_passages_of_help_and_nothing_for_other_questions()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Asker");
        var chat = await Chat.BeginAsync(person, vendor, "reader");

        await chat.AskAsync(Question);
        Assert.Contains(
            "[1] How Republic works › First steps › Your first minion\n",
            vendor.LastRequest.LastMessage,
            StringComparison.Ordinal
        );

        var other = await chat.AskAsync("How long is the warranty of the Kestrel lamp?");
        Assert.Equal("How long is the warranty of the Kestrel lamp?", vendor.LastRequest.LastMessage);
        Assert.Null(other["trace"]);
    }

    [Fact]
    public async Task Help_is_taken_off_in_the_form_and_put_on_another_minion_over_the_api()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Chooser");
        var first = await person.NewMinionAsync("first", vendor);
        var second = await person.NewMinionAsync("second", vendor);
        var browser = await person.BrowserAsync();
        Assert.Contains(
            "name=\"Input.Stages.Help\" value=\"true\" checked",
            await browser.ReadAsync($"/models/{first.Id}/knowledge"),
            StringComparison.Ordinal
        );
        Assert.Equal((true, false), (await ReadsAsync(person, first.Id), await ReadsAsync(person, second.Id)));

        using var saved = await browser.SubmitAsync(
            $"/models/{first.Id}/knowledge",
            new Dictionary<string, string>
            {
                ["Input.Stages.Style"] = "true",
                ["Input.Stages.Knowledge"] = "true",
                ["Input.Stages.Generation"] = "true",
            },
            "/knowledge"
        );
        await person.Api.PutAsync($"/api/minions/{second.Id}/knowledge", new { stages = new { help = true } });

        Assert.Equal((false, true), (await ReadsAsync(person, first.Id), await ReadsAsync(person, second.Id)));
        await (await Chat.BeginAsync(person, first.Id)).AskAsync(Question);
        Assert.Equal(Question, vendor.LastRequest.LastMessage);
        await (await Chat.BeginAsync(person, second.Id)).AskAsync(Question);
        Assert.Contains("How Republic works", vendor.LastRequest.LastMessage, StringComparison.Ordinal);
    }

    private static async Task<bool> ReadsAsync(Inhabitant person, Guid minion) =>
        (bool)(await person.Api.GetAsync($"/api/minions/{minion}/knowledge"))["knowledge"]!["stages"]!["help"]!;
}
