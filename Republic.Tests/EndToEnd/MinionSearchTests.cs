using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>Whoever types and chooses faster than the server answers sees what was asked for last.</summary>
public sealed class MinionSearchTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Words_typed_before_a_choice_is_answered_are_searched_for_within_that_choice(bool answersFirst)
    {
        await using var tab = await OpenAsync("/models?provider=openai");
        var answer = await HoldNextAsync(tab);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "All 3" }).ClickAsync();
        await answer.Asked;
        if (answersFirst)
        {
            // While the pause in which more may be typed still lasts.
            await tab.Page.GetByLabel("Search minions").FillAsync("chess");
            answer.LetGo();
        }
        else
        {
            await TypeAndArriveAsync(tab, "chess");
            answer.LetGo();
        }

        await Expect(tab.Page.Locator("article.minion")).ToHaveCountAsync(2);
        await tab.ArriveAsync("/models\\?q=chess&sort=Used$");
        await Expect(tab.Page.GetByLabel("Search minions")).ToHaveValueAsync("chess");
        await Expect(tab.Page.GetByLabel("Search minions")).ToBeFocusedAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "All 3" })).ToHaveAttributeAsync("aria-current", "true");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Words_typed_just_before_a_choice_are_part_of_it()
    {
        await using var tab = await OpenAsync("/models");
        await tab.Page.GetByLabel("Search minions").FillAsync("chess");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "OpenAI 2" }).ClickAsync();
        await Expect(tab.Page.Locator("article.minion")).ToHaveCountAsync(1);
        await Expect(tab.Page.Locator("article.minion")).ToContainTextAsync("Far-chess");
        await tab.ArriveAsync("/models\\?provider=openai&q=chess&sort=Used$");
    }

    [Fact]
    public async Task An_answer_to_fewer_letters_never_takes_the_place_of_a_later_one()
    {
        await using var tab = await OpenAsync("/models");
        var answer = await HoldNextAsync(tab);
        await tab.Page.GetByLabel("Search minions").FillAsync("c");
        await answer.Asked;
        await TypeAndArriveAsync(tab, "chess");
        answer.LetGo();
        await Expect(tab.Page.Locator("article.minion")).ToHaveCountAsync(2);
        await Expect(tab.Page.GetByLabel("Search minions")).ToHaveValueAsync("chess");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_list_that_renews_itself_keeps_to_the_words_in_the_field()
    {
        await using var tab = await OpenAsync("/models");
        var answer = await HoldNextAsync(tab);
        await tab.Page.EvaluateAsync("() => htmx.trigger(document.body, 'minions')");
        await answer.Asked;
        await tab.Page.GetByLabel("Search minions").FillAsync("chess");
        answer.LetGo();
        await tab.ArriveAsync("/models\\?q=chess&sort=Used$");
        await Expect(tab.Page.Locator("article.minion")).ToHaveCountAsync(2);

        await tab.Page.EvaluateAsync("() => htmx.trigger(document.body, 'minions')");
        await tab.Page.GetByLabel("Search minions").FillAsync("far-c");
        await tab.ArriveAsync("/models\\?q=far-c&sort=Used$");
        await Expect(tab.Page.Locator("article.minion")).ToHaveCountAsync(1);
        Assert.Empty(tab.Complaints);
    }

    private async Task<Tab> OpenAsync(string path)
    {
        var person = await republic.NewPersonAsync($"Quick{Guid.CreateVersion7():n}");
        foreach (
            var (name, provider, skill) in new[]
            {
                ("near-chess", "local", "chess"),
                ("far-chess", "openai", "chess"),
                ("far-other", "openai", "go"),
            }
        )
        {
            await person.NewMinionAsync(
                name,
                more: new JsonObject
                {
                    ["provider"] = provider,
                    ["model_id"] = provider == "local" ? "sprout" : "gpt-4.1",
                    ["skillset"] = new JsonArray(skill),
                }
            );
        }

        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }

    private static async Task TypeAndArriveAsync(Tab tab, string words)
    {
        await tab.Page.RunAndWaitForResponseAsync(
            () => tab.Page.GetByLabel("Search minions").FillAsync(words),
            response => response.Url.Contains($"q={words}", StringComparison.Ordinal)
        );
        await Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"q={words}", default, TimeSpan.FromSeconds(1)));
    }

    private static async Task<HeldAnswer> HoldNextAsync(Tab tab)
    {
        var held = new HeldAnswer();
        await tab.Page.RouteAsync("**/models*", held.HoldAsync, new() { Times = 1 });
        return held;
    }
}
