using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Messages;
using Republic.Core.Providers.Routing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Interactions;

/// <summary>Answers whose person goes by another name, and whose provider calls the model by another.</summary>
public sealed class OtherNamesTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_own_name_of_a_person_is_found_whatever_name_they_show()
    {
        var (person, minion, chats) = await NewAsync("Nicknamed");
        await chats.AnswersAsync(await chats.ChatAsync(), 1, said: "Dear Leopoldine Quastenberg, the boat of quastenberg is ready.");
        var nameless = await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion });
        Assert.Equal(1, Int(nameless, "eligible"));
        await republic.QueryAsync(db =>
            db.Citizens.Where(c => c.Id == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.FirstName, "Leopoldine").SetProperty(c => c.LastName, "Quastenberg"))
        );

        var before = await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion });
        Assert.Equal((0, 1), (Int(before, "eligible"), before["personal_data"]!["name"]!.GetValue<int>()));
        var after = await person.Api.PutAsync($"/api/training/rules/{minion}", new { personal_data = new { name = "mask" } });
        Assert.Contains(
            "Dear [name], the boat of [name] is ready.",
            after["preview"]![0]!["response"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_answer_is_the_models_that_was_asked_whatever_its_provider_calls_it()
    {
        var (person, minion, chats) = await NewAsync("Aliased");
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(
            chat,
            1,
            change: answer =>
                (answer.Route, answer.Model) = (Route(Attempt(answer, answer.Model!, RouteOutcome.Answered)), "planted-2024-08-06")
        );
        await chats.AnswersAsync(
            chat,
            1,
            change: answer =>
                answer.Route = Route(
                    Attempt(answer, answer.Model!, RouteOutcome.Failed),
                    Attempt(answer, "another", RouteOutcome.Answered),
                    Attempt(answer, answer.Model!, RouteOutcome.PassedOver)
                )
        );

        var data = await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion });

        Assert.Equal((1, 1), (Int(data, "eligible"), data["refused"]!["other_model"]!.GetValue<int>()));
    }

    [Fact]
    public async Task What_is_left_out_can_be_told_apart_and_a_refused_schedule_stays_as_it_was_typed()
    {
        var (person, minion, chats) = await NewAsync("Unrated");
        await chats.AnswersAsync(await chats.ChatAsync(), 1, said: "The boat is ready.", score: null);
        var (browser, address) = (await person.BrowserAsync(), $"/training/chats?minion={minion}");

        Assert.Contains("The boat is ready.", await browser.ReadAsync($"{address}&show=NotRated"), StringComparison.Ordinal);

        var fields = new Dictionary<string, string> { ["weekly"] = "true", ["timeZone"] = "Mars/Base" };
        using var refused = await browser.SubmitAsync(address, fields, "handler=Schedule");
        var page = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Contains("value=\"Mars/Base\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"zone-error\"", page, StringComparison.Ordinal);
        Assert.Matches("name=\"weekly\" value=\"true\" checked", page);
    }

    private async Task<(Inhabitant Person, Guid Minion, PlantedChats Chats)> NewAsync(string name)
    {
        var person = await republic.NewPersonAsync(name);
        var minion = (await person.NewMinionAsync("harbour")).Id;
        return (person, minion, new PlantedChats(republic, person, minion));
    }

    private static RouteReceipt Route(params IReadOnlyList<RouteAttempt> attempts) => new() { Attempts = attempts };

    private static RouteAttempt Attempt(Message answer, string model, RouteOutcome outcome) =>
        new()
        {
            Provider = answer.Provider!,
            Model = model,
            Outcome = outcome,
        };

    private static int Int(JsonNode data, string field) => data[field]!.GetValue<int>();
}
