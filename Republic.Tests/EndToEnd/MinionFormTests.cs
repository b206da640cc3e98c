using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class MinionFormTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Without_javascript_the_same_form_is_a_page_of_its_own()
    {
        await using var vendor = new FakeVendor();
        await using var tab = await browser.OpenAsync(republic.Address, javaScript: false);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync("/models");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "New minion" }).ClickAsync();
        await tab.Page.GetByLabel("Display name").FillAsync("Plain");
        await tab.Page.GetByText("Custom", new() { Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show this provider's fields" }).ClickAsync();
        await Expect(tab.Page.GetByLabel("Display name")).ToHaveValueAsync("Plain");
        await tab.Page.GetByLabel("Base URL").FillAsync(vendor.BaseUrl.ToString());
        await tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Model" }).FillAsync("vendor-model");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Test connection" }).ClickAsync();
        await Expect(tab.Page.GetByText("Answered in")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByLabel("Base URL")).ToHaveValueAsync(vendor.BaseUrl.ToString());
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make minion" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Plain" })).ToBeVisibleAsync();

        await tab.GoAsync("/models");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Favourite: Plain" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Favourite: Plain" })).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task For_how_long_answers_are_remembered_is_typed_corrected_and_kept()
    {
        var minion = await republic.Jonas.NewMinionAsync("mindful");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync($"/models/{minion.Id}/edit");
        var minutes = tab.Page.GetByLabel("Answer the same question from memory");
        await Expect(minutes).ToHaveValueAsync("");
        await minutes.FillAsync("20000");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(tab.Page.GetByText("it can be 0 to 10,080")).ToBeVisibleAsync();
        await Expect(minutes).ToHaveValueAsync("20000");
        await tab.AssertPleasantAsync();
        await minutes.FillAsync("90");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();

        await Expect(tab.Page.GetByText("for 90 minutes")).ToBeVisibleAsync();
        await tab.GoAsync($"/models/{minion.Id}/edit");
        await Expect(minutes).ToHaveValueAsync("90");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task That_a_minion_is_paused_stands_open_in_its_form_and_is_taken_away_there()
    {
        var minion = await republic.Jonas.NewMinionAsync("resting", more: new JsonObject { ["is_active"] = false });
        await using var tab = await browser.OpenAsync(republic.Address, javaScript: false);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync($"/models/{minion.Id}/edit");
        var paused = tab.Page.GetByLabel("Paused");
        await Expect(paused).ToBeVisibleAsync();
        await Expect(paused).ToBeCheckedAsync();
        await paused.UncheckAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();

        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Resting" })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".minion-head .pill")).ToHaveCountAsync(0);
        await tab.GoAsync($"/models/{minion.Id}/edit");
        await Expect(paused).ToBeHiddenAsync();
        await tab.Page.GetByText("Pausing, capabilities").ClickAsync();
        await Expect(paused).Not.ToBeCheckedAsync();
    }

    [Theory]
    [InlineData("q=%00&tag=%00&provider=%00")]
    [InlineData("sort=nothing&show=-5&attention=perhaps")]
    [InlineData("q=%25_%5C&show=999999999999")]
    [InlineData("provider=acme&tag=%3Cscript%3E")]
    public async Task A_list_asked_for_in_any_words_answers_with_a_page(string query) =>
        Assert.Contains("Minions", await (await republic.Jonas.BrowserAsync()).ReadAsync($"/models?{query}"));

    [Fact]
    public async Task The_example_of_a_key_is_shown_as_it_is_written()
    {
        var page = await (await republic.Jonas.BrowserAsync()).ReadAsync("/models/new?provider=groq");

        Assert.Contains("placeholder=\"gsk_…\"", WebUtility.HtmlDecode(page));
        Assert.DoesNotContain("&amp;#", page);
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_minion()
    {
        var visitor = await republic.Jonas.BrowserAsync();
        var form = new Dictionary<string, string>
        {
            ["Input.DisplayName"] = "Once",
            ["Input.Provider"] = "local",
            ["Input.ModelId"] = "sprout",
            ["Input.Request"] = Guid.CreateVersion7().ToString(),
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => visitor.SubmitAsync("/models/new", form, "/models/new")));
        Assert.Single(answers.Select(answer => answer.Headers.Location!.ToString()).Distinct());
    }

    [Fact]
    public async Task The_id_of_anothers_minion_is_as_good_for_a_form_as_any_other()
    {
        var hers = await republic.Ada.NewMinionAsync("hers");
        var visitor = await republic.Jonas.BrowserAsync();
        var name = $"Mine {hers.Id:n}";
        var form = new Dictionary<string, string>
        {
            ["Input.DisplayName"] = name,
            ["Input.Provider"] = "local",
            ["Input.ModelId"] = "sprout",
            ["Input.Request"] = hers.Id.ToString(),
        };

        using var answer = await visitor.SubmitAsync("/models/new", form, "/models/new");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var mine = await republic.QueryAsync(db => db.Minions.SingleAsync(m => m.Citizen.DisplayName == name));
        Assert.Equal((republic.Jonas.Id, true), (mine.OwnerId, mine.Id != hers.Id));
    }
}
