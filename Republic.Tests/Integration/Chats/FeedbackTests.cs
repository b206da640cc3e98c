using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Feedback;
using Republic.Core.Chats.Messages;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>What people think of answers: what is kept of it, what is refused, and the experience that good ones earn.</summary>
public sealed class FeedbackTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly (string Body, string Field, string Words)[] Wrong =
    [
        ("{}", "score", "at least one"),
        ("""{"score": null}""", "score", "at least one"),
        ("""{"score": -0.1}""", "score", "from 0 to 1"),
        ("""{"score": 1.01}""", "score", "from 0 to 1"),
        ("""{"score": 1e400}""", "score", "from 0 to 1"),
        ("""{"thumb": "sideways"}""", "thumb", "up or down"),
        ("""{"thumb": ""}""", "thumb", "up or down"),
        ("""{"thumb": "up", "score": 0.2}""", "thumb", "contradict"),
        ("""{"thumb": "down", "score": 0.9}""", "thumb", "contradict"),
        ("""{"correction": "a\u0000b"}""", "correction", "cannot be kept"),
        ($$"""{"correction": "{{new string('x', FeedbackRules.LongestCorrection + 1)}}"}""", "correction", "10,001 characters"),
        ($$"""{"comment": "{{new string('x', FeedbackRules.LongestComment + 1)}}"}""", "comment", "2,001 characters"),
    ];

    private readonly Inhabitant jonas = republic.Jonas;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_left_out_stays_and_an_empty_text_takes_away()
    {
        var (chat, answer) = await AnsweredAsync("keeper");
        Assert.Null((await chat.MessageAsync(answer))["feedback"]);

        var first = await RateAsync(answer, new { thumb = "down", comment = "Too long." });
        Assert.Equal((0, "Too long.", null), Parts(first));
        var second = await RateAsync(answer, new { correction = "  Say\r\nthis. " });
        Assert.Equal((0, "Too long.", "Say\nthis."), Parts(second));
        await RateAsync(answer, new { score = 0.4, comment = "" });

        var shown = (await chat.MessageAsync(answer))["feedback"]!;
        Assert.Equal((0.4, null, "Say\nthis."), Parts(shown));
        Assert.NotNull(shown["updated_at"]);
        Assert.Equal(shown.ToJsonString(), (await chat.MessagesAsync())[1]["feedback"]!.ToJsonString());

        await jonas.Api.DeleteAsync($"/api/messages/{answer}/feedback");
        Assert.Null((await chat.MessageAsync(answer))["feedback"]);
        await jonas.Api.DeleteAsync($"/api/messages/{answer}/feedback");
    }

    [Fact]
    public async Task What_is_wrong_is_said_field_by_field()
    {
        var (chat, answer) = await AnsweredAsync("strict");
        foreach (var (body, field, words) in Wrong)
        {
            var problem = await jonas.Api.ProblemAsync(400, HttpMethod.Post, Address(answer), JsonNode.Parse(body));
            Assert.Contains(words, (string?)problem["errors"]?[field]?[0] ?? problem.ToJsonString(), StringComparison.Ordinal);
        }

        foreach (var word in new[] { "NaN", "Infinity", "good" })
        {
            await jonas.Api.ProblemAsync(400, HttpMethod.Post, Address(answer), new { score = word });
        }

        var megabyte = new { correction = new string('x', 1 << 20), score = 7 };
        var both = (await jonas.Api.ProblemAsync(400, HttpMethod.Post, Address(answer), megabyte))["errors"]!;
        Assert.Equal(["correction", "score"], both.AsObject().Select(error => error.Key).Order());
        Assert.Null((await chat.MessageAsync(answer))["feedback"]);
    }

    [Fact]
    public async Task Only_a_finished_answer_can_be_rated()
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var chat = await Chat.BeginAsync(jonas, vendor, "writer");
        var answer = await chat.SayAsync("Hi");
        hand.Says("Half an ");
        await Until.TrueAsync(async () => Chat.Content(await chat.MessageAsync(answer)).Length > 0);
        await jonas.Api.ProblemAsync(409, HttpMethod.Post, Address(answer), new { thumb = "up" });
        await chat.StopAsync(answer);

        Assert.Equal(1, Parts(await RateAsync(answer, new { thumb = "up" })).Score);
        var question = (await chat.MessagesAsync())[0]["id"]!.GetValue<Guid>();
        var problem = await jonas.Api.ProblemAsync(400, HttpMethod.Post, Address(question), new { thumb = "up" });
        Assert.Contains("question", problem["errors"]!["message"]![0]!.GetValue<string>());
        vendor.Refuses(HttpStatusCode.Unauthorized, "No.");
        var failed = await chat.AskAsync("And now?");
        await jonas.Api.ProblemAsync(400, HttpMethod.Post, Address(failed["id"]!.GetValue<Guid>()), new { thumb = "up" });
    }

    [Fact]
    public async Task Somebody_elses_answer_is_not_there_and_an_outside_key_opens_nothing()
    {
        await using var vendor = new FakeVendor();
        var minion = await jonas.NewMinionAsync("guarded", vendor);
        var chat = await Chat.BeginAsync(jonas, minion.Id);
        var answer = (await chat.AskAsync("Hi"))["id"]!.GetValue<Guid>();

        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Post, Address(answer), new { thumb = "up" });
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Delete, Address(answer));
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Put, $"/api/conversations/{chat.Id}", new { training = "on" });
        await jonas.Api.ProblemAsync(404, HttpMethod.Post, Address(Guid.CreateVersion7()), new { thumb = "up" });
        using var outside = new HttpClient { BaseAddress = republic.Address };
        outside.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", minion.Key);
        using var posted = await outside.PostAsJsonAsync(Address(answer), new { thumb = "up" }, Ct);
        using var deleted = await outside.DeleteAsync(Address(answer), Ct);
        Assert.Equal((401, 401), ((int)posted.StatusCode, (int)deleted.StatusCode));

        Assert.Null((await chat.MessageAsync(answer))["feedback"]);
    }

    [Fact]
    public async Task A_good_answer_earns_its_minion_one_point_once()
    {
        await using var vendor = new FakeVendor();
        var minion = await jonas.NewMinionAsync("earner", vendor);
        var chat = await Chat.BeginAsync(jonas, minion.Id);
        var answer = (await chat.AskAsync("Hi"))["id"]!.GetValue<Guid>();

        await RateAsync(answer, new { score = 0.7 });
        Assert.Equal(0, await ExperienceAsync(minion));
        await RateAsync(answer, new { score = 0.71 });
        await RateAsync(answer, new { thumb = "down" });
        await RateAsync(answer, new { thumb = "up" });
        await jonas.Api.DeleteAsync(Address(answer));
        await RateAsync(answer, new { thumb = "up" });
        Assert.Equal(1, await ExperienceAsync(minion));

        var more = await PlantAsync(chat, minion, 1);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RateAsync(more[0], new { thumb = "up" })));
        Assert.Equal(2, await ExperienceAsync(minion));
    }

    [Fact]
    public async Task At_most_twenty_a_day_earn_something_however_many_come_at_once()
    {
        var minion = await jonas.NewMinionAsync("busy");
        var chat = await Chat.BeginAsync(jonas, minion.Id);
        var answers = await PlantAsync(chat, minion, 26);
        var soon = TimeProvider.System.GetUtcNow().AddHours(1);
        await republic.QueryAsync(async db =>
        {
            db.AddRange(
                answers
                    .Take(18)
                    .Select(answer => new MessageFeedback
                    {
                        MessageId = answer,
                        PersonId = jonas.Id,
                        Score = 1,
                        ExperienceAt = soon,
                        CreatedAt = soon,
                        UpdatedAt = soon,
                    })
            );
            return await db.SaveChangesAsync(Ct);
        });

        await Task.WhenAll(answers.Skip(18).Take(6).Select(answer => RateAsync(answer, new { thumb = "up" })));
        Assert.Equal(2, await ExperienceAsync(minion));

        // On another day there are twenty more, also for an answer that earned nothing on this one.
        await republic.QueryAsync(db =>
            db.MessageFeedback.Where(f => answers.Contains(f.MessageId) && f.ExperienceAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.ExperienceAt, soon.AddDays(-2)), Ct)
        );
        foreach (var answer in answers.Skip(18))
        {
            await RateAsync(answer, new { thumb = "up" });
        }

        Assert.Equal(8, await ExperienceAsync(minion));
    }

    [Fact]
    public async Task A_minions_page_tells_how_its_answers_were_rated()
    {
        var minion = await jonas.NewMinionAsync("rated");
        var chat = await Chat.BeginAsync(jonas, minion.Id);
        var answers = await PlantAsync(chat, minion, 5);
        var browser = await jonas.BrowserAsync();
        Assert.Contains("none yet", await browser.ReadAsync($"/models/{minion.Id}"));
        foreach (var answer in answers.Take(4))
        {
            await RateAsync(answer, new { thumb = "up" });
        }

        var few = await browser.ReadAsync($"/models/{minion.Id}");
        Assert.Contains("4 good", few);
        Assert.DoesNotContain("mean score", few);
        await RateAsync(answers[4], new { score = 0.25 });
        Assert.Contains("4 good, mean score 0.85", await browser.ReadAsync($"/models/{minion.Id}"));
    }

    [Fact]
    public async Task Experience_is_the_same_beside_a_chat_as_on_the_minions_page_and_analytics_counts_that_by_training()
    {
        var minion = await jonas.NewMinionAsync("seasoned");
        var chat = await Chat.BeginAsync(jonas, minion.Id);
        await republic.QueryAsync(db =>
            db.Minions.Where(m => m.Id == minion.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Experience, 0.5m), Ct)
        );
        var browser = await jonas.BrowserAsync();
        Assert.Contains("· 0.5 XP", await browser.ReadAsync($"/chats/{chat.Id}"));

        await RateAsync((await PlantAsync(chat, minion, 1))[0], new { thumb = "up" });

        Assert.Contains("· 1.5 XP", await browser.ReadAsync($"/chats/{chat.Id}"));
        Assert.Contains("<b>1.5 <small>XP,", await browser.ReadAsync($"/models/{minion.Id}"));
        Assert.Contains("Experience by training</span><b>0 <small>XP", await browser.ReadAsync("/analytics"));
    }

    private static string Address(Guid message) => $"/api/messages/{message}/feedback";

    private static (double? Score, string? Comment, string? Correction) Parts(JsonNode feedback) =>
        ((double?)feedback["score"], (string?)feedback["comment"], (string?)feedback["correction"]);

    private async Task<JsonNode> RateAsync(Guid answer, object feedback) =>
        (await jonas.Api.PostAsync(Address(answer), feedback))["feedback"]!;

    private async Task<(Chat Chat, Guid Answer)> AnsweredAsync(string minion)
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Good day.");
        var chat = await Chat.BeginAsync(jonas, vendor, minion);
        return (chat, (await chat.AskAsync("Hi"))["id"]!.GetValue<Guid>());
    }

    private Task<List<Guid>> PlantAsync(Chat chat, TestMinion minion, int count) =>
        republic.QueryAsync(async db =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var answers = Enumerable
                .Range(0, count)
                .Select(_ => new Message
                {
                    ConversationId = chat.Id,
                    AuthorId = minion.Id,
                    Content = "Planted",
                    State = TurnState.Complete,
                    CreatedAt = now,
                    UpdatedAt = now,
                })
                .ToList();
            db.AddRange(answers);
            await db.SaveChangesAsync(Ct);
            return answers.ConvertAll(answer => answer.Id);
        });

    private async Task<double> ExperienceAsync(TestMinion minion) =>
        (await jonas.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["experience"]!.GetValue<double>();
}
