using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Feedback;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>Feedback by the forms of a chat, and the consent that its minion learns from it.</summary>
public sealed class ConsentTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant jonas = republic.Jonas;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chat_teaches_while_its_person_agrees()
    {
        var chat = await Chat.BeginAsync(jonas, (await jonas.NewMinionAsync("taught")).Id);
        var address = $"/api/conversations/{chat.Id}";
        Assert.Equal("off", (string?)(await jonas.Api.GetAsync(address))["conversation"]!["training"]);

        var on = (await jonas.Api.PutAsync(address, new { training = "on" }))["conversation"]!;
        Assert.Equal(("on", null), ((string?)on["training"], (string?)on["title"]));
        var since = await SinceAsync(chat);
        Assert.NotNull(since);
        await jonas.Api.PutAsync(address, new { training = "on", title = "Lessons" });
        Assert.Equal(since, await SinceAsync(chat));
        var listed = (await jonas.Api.GetAsync("/api/conversations"))["conversations"]!.AsArray();
        Assert.Equal(("on", "Lessons"), listed.Where(c => c!["id"]!.GetValue<Guid>() == chat.Id).Select(Named).Single());

        var problem = await jonas.Api.ProblemAsync(400, HttpMethod.Put, address, new { training = "maybe" });
        Assert.Contains("on or off", problem["errors"]!["training"]![0]!.GetValue<string>());
        await jonas.Api.ProblemAsync(400, HttpMethod.Put, address, new { });
        await jonas.Api.ProblemAsync(400, HttpMethod.Put, address, new { title = " ", training = "off" });
        Assert.Equal(since, await SinceAsync(chat));
        await jonas.Api.PutAsync(address, new { title = "Lessons still" });
        Assert.Equal(since, await SinceAsync(chat));

        Assert.Equal("off", (string?)(await jonas.Api.PutAsync(address, new { training = "off" }))["conversation"]!["training"]);
        Assert.Null(await SinceAsync(chat));

        static (string?, string?) Named(JsonNode? row) => ((string?)row!["training"], (string?)row["title"]);
    }

    [Fact]
    public async Task The_forms_work_without_a_script_and_say_what_is_wrong()
    {
        var (chat, answer) = await AnsweredAsync("formal");
        var browser = await jonas.BrowserAsync();
        var page = $"/chats/{chat.Id}";
        using var rated = await PostFormAsync(browser, chat, $"handler=Rate&message={answer}&thumb=down", []);
        Assert.Equal($"{page}?message={answer}#m-{answer}", rated.Headers.Location!.ToString());
        Assert.Contains("Not used for training: this chat does not teach.", await browser.ReadAsync(page));

        using var wrong = await PostFormAsync(
            browser,
            chat,
            $"handler=Save&message={answer}",
            new() { ["Input.Correction"] = "Half a thought", ["Input.Score"] = "lots" }
        );
        var html = await wrong.Content.ReadAsStringAsync(Ct);
        Assert.Equal(400, (int)wrong.StatusCode);
        Assert.Contains("from 0 to 1", html);
        Assert.Contains("Half a thought", html);

        using var saved = await PostFormAsync(
            browser,
            chat,
            $"handler=Save&message={answer}",
            new() { ["Input.Correction"] = "A whole one", ["Input.Score"] = "0.3" }
        );
        Assert.Equal(302, (int)saved.StatusCode);
        Assert.Equal((0.3, null, "A whole one"), Parts((await chat.MessageAsync(answer))["feedback"]!));
        using var unrated = await PostFormAsync(browser, chat, $"handler=Unrate&message={answer}", []);
        Assert.Equal((null, null, "A whole one"), Parts((await chat.MessageAsync(answer))["feedback"]!));

        using var taught = await PostFormAsync(browser, chat, "handler=Teach&agrees=true", []);
        Assert.Equal(302, (int)taught.StatusCode);
        Assert.NotNull(await SinceAsync(chat));
        Assert.DoesNotContain("this chat does not teach", await browser.ReadAsync(page));
        using var back = await browser.SubmitAsync($"{page}/manage", new Dictionary<string, string>(), "handler=Teach");
        Assert.Null(await SinceAsync(chat));
        using var looked = await browser.GetAsync($"{page}/feedback");
        Assert.Equal(page, looked.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_comment_is_kept_shown_again_and_taken_away_by_the_form()
    {
        var (chat, answer) = await AnsweredAsync("commented");
        var browser = await jonas.BrowserAsync();
        var save = $"handler=Save&message={answer}";
        using var wrong = await PostFormAsync(browser, chat, save, new() { ["Input.Comment"] = "Half a reason", ["Input.Score"] = "lots" });
        Assert.Contains("Half a reason", await wrong.Content.ReadAsStringAsync(Ct));
        var longer = new string('x', FeedbackRules.LongestComment + 1);
        using var tooLong = await PostFormAsync(browser, chat, save, new() { ["Input.Comment"] = longer });
        Assert.Equal(400, (int)tooLong.StatusCode);
        Assert.Contains("2,001 characters", await tooLong.Content.ReadAsStringAsync(Ct));
        Assert.Null((await chat.MessageAsync(answer))["feedback"]);

        using var saved = await PostFormAsync(browser, chat, save, new() { ["Input.Comment"] = "Too <curt>." });
        Assert.Equal(302, (int)saved.StatusCode);
        Assert.Equal((null, "Too <curt>.", null), Parts((await chat.MessageAsync(answer))["feedback"]!));
        var page = await browser.ReadAsync($"/chats/{chat.Id}");
        Assert.Contains("Too &lt;curt&gt;.</textarea>", page);
        Assert.Contains("Your comment", page);
        using var rated = await PostFormAsync(browser, chat, $"handler=Rate&message={answer}&thumb=up", []);
        Assert.Equal((1, "Too <curt>.", null), Parts((await chat.MessageAsync(answer))["feedback"]!));

        using var emptied = await PostFormAsync(browser, chat, save, new() { ["Input.Comment"] = "", ["Input.Score"] = "1" });
        Assert.Equal((1, null, null), Parts((await chat.MessageAsync(answer))["feedback"]!));
    }

    [Fact]
    public async Task Nobody_rates_through_a_chat_of_their_own_what_is_not_theirs()
    {
        var (chat, answer) = await AnsweredAsync("guarded");
        await using var vendor = new FakeVendor();
        var hers = await Chat.BeginAsync(republic.Ada, (await republic.Ada.NewMinionAsync("hers", vendor)).Id);
        var browser = await republic.Ada.BrowserAsync();
        await hers.AskAsync("Hi");
        using var form = await browser.SubmitAsync($"/chats/{hers.Id}", new Dictionary<string, string>(), "handler=Rate");
        Assert.Equal(302, (int)form.StatusCode);
        using var foreign = await PostFormAsync(browser, hers, $"handler=Rate&message={answer}&thumb=up", []);
        Assert.Equal(404, (int)foreign.StatusCode);
        Assert.Null((await chat.MessageAsync(answer))["feedback"]);
    }

    private static (double? Score, string? Comment, string? Correction) Parts(JsonNode feedback) =>
        ((double?)feedback["score"], (string?)feedback["comment"], (string?)feedback["correction"]);

    /// <summary>A form of the chat's page with its token, sent elsewhere.</summary>
    private static async Task<HttpResponseMessage> PostFormAsync(
        Visitor browser,
        Chat chat,
        string query,
        Dictionary<string, string> fields
    )
    {
        var html = await browser.ReadAsync($"/chats/{chat.Id}");
        var token = html.Split("name=\"__RequestVerificationToken\"")[1].Split("value=\"")[1].Split('"')[0];
        fields["__RequestVerificationToken"] = token;
        return await browser.Http.PostAsync($"/chats/{chat.Id}/feedback?{query}", new FormUrlEncodedContent(fields), Ct);
    }

    private async Task<(Chat Chat, Guid Answer)> AnsweredAsync(string minion)
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Good day.");
        var chat = await Chat.BeginAsync(jonas, vendor, minion);
        return (chat, (await chat.AskAsync("Hi"))["id"]!.GetValue<Guid>());
    }

    private Task<DateTimeOffset?> SinceAsync(Chat chat) =>
        republic.QueryAsync(db =>
            db.Participants.Where(p => p.ConversationId == chat.Id && p.CitizenId == jonas.Id).Select(p => p.TeachesSince).SingleAsync(Ct)
        );
}
