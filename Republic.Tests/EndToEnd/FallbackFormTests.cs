using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class FallbackFormTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Fallbacks_are_added_put_in_order_from_the_keyboard_and_saved()
    {
        var person = await republic.NewPersonAsync("Orderly");
        var minion = await person.NewMinionAsync("orderly");
        await using var tab = await OpenAsync(person, minion);
        await AddAsync(tab, "groq", "llama-3.3-70b-versatile");
        await AddAsync(tab, "local", "sprout");
        await AddAsync(tab, "openai", "gpt-4.1-mini");
        await tab.AssertAccessibleAsync();

        var up = Rows(tab).Nth(2).GetByRole(AriaRole.Button, new() { Name = "Move up" });
        await up.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.GetByText("gpt-4.1-mini is now 2 of 3.")).ToBeAttachedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.GetByText("gpt-4.1-mini is now 1 of 3.")).ToBeAttachedAsync();
        await Expect(Rows(tab).Nth(0).GetByRole(AriaRole.Button, new() { Name = "Move up" })).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.GetByText("gpt-4.1-mini is first already.")).ToBeAttachedAsync();
        await Rows(tab).Nth(1).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(Rows(tab).Nth(1).GetByRole(AriaRole.Button, new() { Name = "Remove" })).ToBeFocusedAsync();
        await tab.Page.GetByLabel("A fallback may send what I write").CheckAsync();
        await SaveAsync(tab);

        Assert.Equal(["openai gpt-4.1-mini", "local sprout"], await FallbacksAsync(person, minion));
        Assert.True((await MinionAsync(person, minion))["fallback_consent"]!.GetValue<bool>());
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_fallback_is_dragged_to_another_place()
    {
        var person = await republic.NewPersonAsync("Dragger");
        var minion = await person.NewMinionAsync("dragger", more: With("one", "two", "three"));
        await using var tab = await OpenAsync(person, minion);

        await Rows(tab)
            .Nth(2)
            .Locator(".grip")
            .DragToAsync(
                Rows(tab).Nth(0),
                new()
                {
                    TargetPosition = new() { X = 40, Y = 4 },
                }
            );
        await Expect(tab.Page.GetByText("three is now 1 of 3.")).ToBeAttachedAsync();
        await SaveAsync(tab);

        Assert.Equal(["local three", "local one", "local two"], await FallbacksAsync(person, minion));
    }

    [Fact]
    public async Task The_model_is_picked_from_the_fallbacks_own_provider_and_what_is_wrong_stands_in_its_row()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Picker");
        var minion = await person.NewMinionAsync("picker");
        await using var tab = await OpenAsync(person, minion);
        await AddAsync(tab, "local", "sprout");
        await AddAsync(tab, "custom", "");
        var row = Rows(tab).Nth(1);
        await row.GetByLabel("Base URL").FillAsync(vendor.BaseUrl.ToString());
        await row.GetByLabel("Model").FocusAsync();
        await Expect(row.GetByText("1 model in Custom's list")).ToBeVisibleAsync();

        // Moved before it is sent, so that its place is another than the one it was drawn at.
        await row.GetByRole(AriaRole.Button, new() { Name = "Move up" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        var wrong = Rows(tab).Nth(0);
        await Expect(wrong.GetByText("The fallback's model is missing.")).ToBeVisibleAsync();
        await Expect(wrong.GetByLabel("Base URL")).ToHaveValueAsync(vendor.BaseUrl.ToString());
        await Expect(Rows(tab).Nth(1).GetByLabel("Model")).ToHaveValueAsync("sprout");
        await tab.AssertAccessibleAsync();

        await wrong.GetByLabel("Model").FillAsync("vendor-model");
        await SaveAsync(tab);
        Assert.Equal(["custom vendor-model", "local sprout"], await FallbacksAsync(person, minion));
    }

    [Fact]
    public async Task A_fallback_is_asked_with_the_stored_key_that_is_chosen_in_its_row()
    {
        var person = await republic.NewPersonAsync("Keyed");
        var chosen = "";
        foreach (var label in new[] { "Work", "Private" })
        {
            var key = new
            {
                provider = "groq",
                label,
                api_key = $"gsk-{label}-0123456789abcdef",
            };
            var stored = await person.Api.PostAsync($"/api/users/{person.Id}/providers", key);
            chosen = stored["provider"]!["id"]!.GetValue<string>();
        }

        var minion = await person.NewMinionAsync("keyed");
        await using var tab = await OpenAsync(person, minion);
        await AddAsync(tab, "groq", "llama");
        await Rows(tab).Last.GetByLabel("Key").SelectOptionAsync(chosen);
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("A fallback may send what I write").CheckAsync();
        await SaveAsync(tab);

        var route = (await person.Api.PostAsync($"/api/minions/{minion.Id}/route", new { }))["route"]!;
        Assert.Equal("Private", route["hops"]![1]!["key"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_javascript_the_buttons_send_the_form_and_what_was_typed_stays()
    {
        var person = await republic.NewPersonAsync("Scriptless");
        var minion = await person.NewMinionAsync("scriptless", more: With("one", "two"));
        await using var tab = await browser.OpenAsync(republic.Address, javaScript: false);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/models/{minion.Id}/edit");
        await tab.Page.GetByLabel("Display name").FillAsync("Typed");
        await Rows(tab).Nth(1).GetByRole(AriaRole.Button, new() { Name = "Move up" }).ClickAsync();
        await Expect(Rows(tab).Nth(0).GetByLabel("Model")).ToHaveValueAsync("two");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add a fallback" }).ClickAsync();
        await Rows(tab).Nth(2).GetByLabel("Model").FillAsync("three");
        await Rows(tab).Nth(1).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(Rows(tab)).ToHaveCountAsync(2);
        await Expect(tab.Page.GetByLabel("Display name")).ToHaveValueAsync("Typed");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Typed" })).ToBeVisibleAsync();

        Assert.Equal(["local two", "local three"], await FallbacksAsync(person, minion));
    }

    [Fact]
    public async Task A_form_without_the_fallbacks_leaves_them_as_they_are_and_one_with_none_takes_them_away()
    {
        var person = await republic.NewPersonAsync("Keeper");
        var minion = await person.NewMinionAsync("keeper", more: With("one"));
        var visitor = await person.BrowserAsync();
        var form = new Dictionary<string, string>
        {
            ["Input.DisplayName"] = "Keeper",
            ["Input.Name"] = "keeper",
            ["Input.Provider"] = "local",
            ["Input.ModelId"] = "sprout",
            ["Input.HasFallbacks"] = "false",
        };

        var edit = $"/models/{minion.Id}/edit";
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SubmitAsync(edit, form, edit)).StatusCode);
        Assert.Equal(["local one"], await FallbacksAsync(person, minion));

        form["Input.HasFallbacks"] = "true";
        await visitor.SubmitAsync(edit, form, edit);
        Assert.Empty(await FallbacksAsync(person, minion));
    }

    [Fact]
    public async Task Enter_in_a_field_saves_the_form()
    {
        var person = await republic.NewPersonAsync("Hasty");
        var minion = await person.NewMinionAsync("hasty", more: With("one", "two"));
        await using var tab = await OpenAsync(person, minion);

        await tab.Page.GetByLabel("Display name").FillAsync("Hastier");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Hastier" })).ToBeVisibleAsync();

        Assert.Equal(["local one", "local two"], await FallbacksAsync(person, minion));
    }

    private async Task<Tab> OpenAsync(Inhabitant person, TestMinion minion)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/models/{minion.Id}");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        return tab;
    }

    private static ILocator Rows(Tab tab) => tab.Page.Locator("[data-fallback]");

    private static async Task AddAsync(Tab tab, string provider, string model)
    {
        var count = await Rows(tab).CountAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add a fallback" }).ClickAsync();
        await Expect(Rows(tab)).ToHaveCountAsync(count + 1);
        var select = Rows(tab).Last.GetByLabel("Provider");
        await Expect(select).ToBeFocusedAsync();
        if (await select.InputValueAsync() != provider)
        {
            var drawn = tab.Page.WaitForResponseAsync(response => response.Url.Contains("handler=Fallbacks"));
            await select.SelectOptionAsync(provider);
            await drawn;
        }

        await Expect(Rows(tab).Last.GetByLabel("Provider")).ToHaveValueAsync(provider);
        await Rows(tab).Last.GetByLabel("Model").FillAsync(model);
    }

    private static async Task SaveAsync(Tab tab)
    {
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private static JsonObject With(params string[] models) =>
        new()
        {
            ["fallbacks"] = new JsonArray([.. models.Select(model => new JsonObject { ["provider"] = "local", ["model_id"] = model })]),
        };

    private static async Task<JsonNode> MinionAsync(Inhabitant person, TestMinion minion) =>
        (await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!;

    private static async Task<string[]> FallbacksAsync(Inhabitant person, TestMinion minion) =>
        [
            .. (await MinionAsync(person, minion))["fallbacks"]!
                .AsArray()
                .Select(fallback => $"{fallback!["provider"]} {fallback["model_id"]}"),
        ];
}
