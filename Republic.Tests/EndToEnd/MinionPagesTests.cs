using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class MinionPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_dialog_pleases_too_with_its_errors_in_it()
    {
        await using var tab = await ModelsAsync(republic.Jonas);
        await OpenNewAsync(tab);
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "Custom" }).CheckAsync();
        await tab.Page.GetByLabel("Base URL").FillAsync("http://192.168.1.7/v1");
        await tab.Page.GetByLabel("Max tokens").FillAsync("many");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make minion" }).ClickAsync();
        await Expect(tab.Page.GetByText("is a private address")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_minion_is_made_in_the_dialog_and_stands_on_its_card()
    {
        await using var tab = await ModelsAsync(republic.Jonas);
        await OpenNewAsync(tab);
        await tab.Page.GetByLabel("Display name").FillAsync("Robin");
        await tab.Page.GetByLabel("Avatar", new() { Exact = true }).FillAsync("🐦");
        await tab.Page.GetByLabel("What it is for").FillAsync("Sings in the morning");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make minion" }).ClickAsync();

        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("Robin is made.");
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        var card = Card(tab, "Robin");
        await Expect(card).ToContainTextAsync("Sings in the morning");
        await Expect(card).ToContainTextAsync("Level 1 · 0 XP");
        await Expect(card).ToContainTextAsync("not used yet");
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task What_was_typed_stays_when_something_is_not_right_the_key_too()
    {
        await republic.Ada.NewMinionAsync("taken");
        await using var tab = await ModelsAsync(republic.Ada);
        await OpenNewAsync(tab);
        await ChooseNvidiaAsync(tab);
        await tab.Page.GetByLabel("Key", new() { Exact = false }).First.FillAsync("nvapi-typed-once");
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("taken");
        await tab.Page.GetByLabel("Personality").FillAsync("Line one\nLine two");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make minion" }).ClickAsync();

        var name = tab.Page.GetByLabel("Name", new() { Exact = true });
        await Expect(name).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(name).ToBeFocusedAsync();
        await Expect(tab.Page.GetByText("Taken already has the name")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByLabel("Personality")).ToHaveValueAsync("Line one\nLine two");
        await Expect(tab.Page.Locator("#Input_ApiKey")).ToHaveValueAsync("nvapi-typed-once");

        await name.FillAsync("free");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make minion" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(Card(tab, "free")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Choosing_a_provider_swaps_its_fields_and_defaults_in_and_a_test_answers_in_the_foot()
    {
        await using var vendor = new FakeVendor();
        await using var tab = await ModelsAsync(republic.Jonas);
        await OpenNewAsync(tab);
        await Expect(tab.Page.Locator("#Input_ApiKey")).ToHaveCountAsync(0);
        await Expect(tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Model" })).ToHaveValueAsync("sprout");
        await ChooseNvidiaAsync(tab);
        await Expect(tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Model" }))
            .ToHaveValueAsync("nvidia/llama-3.3-nemotron-super-49b-v1.5");
        await tab.Page.GetByRole(AriaRole.Radio, new() { Name = "Custom" }).CheckAsync();
        // NVIDIA's fields have a base URL too, and stand there until Custom's have come.
        await Expect(tab.Page.GetByText("Any server that speaks the OpenAI API")).ToBeVisibleAsync();
        await tab.Page.GetByLabel("Base URL").FillAsync(vendor.BaseUrl.ToString());
        await tab.Page.Locator("#Input_ApiKey").FillAsync(FakeVendor.Key);
        await tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Model" }).FillAsync("vendor-model");
        await Expect(tab.Page.GetByText("1 model in Custom's list")).ToBeVisibleAsync();

        var test = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Test connection" });
        await test.ClickAsync();
        await Expect(tab.Page.Locator("#test-answer")).ToContainTextAsync("Answered in");
        vendor.Refuses(System.Net.HttpStatusCode.Unauthorized, "This key has expired");
        await test.ClickAsync();
        await Expect(tab.Page.Locator("#test-answer")).ToContainTextAsync("This key has expired");
        await Expect(tab.Page.Locator("#Input_ApiKey")).ToHaveValueAsync(FakeVendor.Key);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_minion_is_edited_starred_deleted_and_brought_back()
    {
        await republic.Ada.NewMinionAsync("pip");
        await using var tab = await ModelsAsync(republic.Ada);
        await Card(tab, "Pip").GetByRole(AriaRole.Link, new() { Name = "Edit Pip" }).ClickAsync();
        await tab.Page.GetByLabel("What it is for").FillAsync("Counts things");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(Card(tab, "Pip")).ToContainTextAsync("Counts things");

        var star = Card(tab, "Pip").GetByRole(AriaRole.Button, new() { Name = "Favourite: Pip" });
        await star.ClickAsync();
        await Expect(star).ToHaveAttributeAsync("aria-pressed", "true");

        await Card(tab, "Pip").GetByRole(AriaRole.Link, new() { Name = "Pip", Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete Pip" }).ClickAsync();
        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("Pip is deleted.");
        await Expect(Card(tab, "Pip")).ToHaveCountAsync(0);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Pip" })).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Search_tags_and_providers_narrow_the_list_and_the_address_keeps_the_choice()
    {
        var person = await republic.NewPersonAsync("Searcher");
        await person.NewMinionAsync("local-one", more: new JsonObject { ["tags"] = new JsonArray("home") });
        await person.NewMinionAsync(
            "far-one",
            more: new JsonObject
            {
                ["provider"] = "openai",
                ["model_id"] = "gpt-4.1",
                ["skillset"] = new JsonArray("chess"),
            }
        );
        await using var tab = await ModelsAsync(person);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "OpenAI 1" }).ClickAsync();
        await Expect(tab.Page.Locator("article.minion")).ToHaveCountAsync(1);
        await tab.Page.ReloadAsync();
        await Expect(Card(tab, "Far-one")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "All 2" }).ClickAsync();
        await tab.Page.GetByLabel("Search minions").FillAsync("chess");
        await Expect(tab.Page.Locator("article.minion")).ToHaveCountAsync(1);
        await Expect(tab.Page.GetByLabel("Search minions")).ToBeFocusedAsync();
        await tab.Page.GetByLabel("Search minions").FillAsync("");
        await Expect(tab.Page.Locator("article.minion")).ToHaveCountAsync(2);
        await tab.Page.GetByLabel("Tag").SelectOptionAsync("home");
        await Expect(Card(tab, "Local-one")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("article.minion")).ToHaveCountAsync(1);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task The_keyboard_alone_makes_a_minion()
    {
        await using var tab = await ModelsAsync(republic.Mira);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "New minion" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.GetByLabel("Display name")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("Keys");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(Card(tab, "Keys")).ToBeVisibleAsync();

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Edit Keys" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.GetByLabel("Display name")).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Any_picture_the_browser_can_show_becomes_a_small_png()
    {
        await using var tab = await ModelsAsync(republic.Mira);
        await OpenNewAsync(tab);
        await tab.Page.GetByLabel("Display name").FillAsync("Pictured");
        var bitmap = Pictures.Bitmap(700, 900);
        await tab
            .Page.GetByLabel("Upload a picture")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "photo.bmp",
                    MimeType = "image/bmp",
                    Buffer = bitmap,
                }
            );
        await Expect(tab.Page.Locator("[data-avatar-preview] canvas")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make minion" }).ClickAsync();
        var face = Card(tab, "Pictured").Locator(".avatar img");
        await Expect(face).ToBeVisibleAsync();
        Assert.Equal(512, await face.EvaluateAsync<int>("img => img.naturalWidth"));
        Assert.Empty(tab.Complaints);
    }

    private static ILocator Card(Tab tab, string name) =>
        tab
            .Page.Locator("article.minion")
            .Filter(new() { Has = tab.Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }) });

    private async Task<Tab> ModelsAsync(Inhabitant person)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/models");
        return tab;
    }

    /// <summary>Nobody has a key for it, so it stands behind the common ones.</summary>
    private static async Task ChooseNvidiaAsync(Tab tab)
    {
        var nvidia = tab.Page.GetByRole(AriaRole.Radio, new() { Name = "NVIDIA" });
        await Expect(nvidia).ToBeHiddenAsync();
        await Expect(tab.Page.Locator("[value=vllm]")).ToBeHiddenAsync();
        await Expect(tab.Page.Locator("[value=anthropic]")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByText("More providers").ClickAsync();
        await nvidia.CheckAsync();
    }

    private static async Task OpenNewAsync(Tab tab)
    {
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "New minion" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }
}
