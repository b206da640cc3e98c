using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class PersonalModelPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly byte[] Sprout = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "models", "sprout.gguf"));

    [Fact]
    public async Task A_model_is_found_looked_at_downloaded_paused_resumed_tested_and_answers_a_chat()
    {
        await using var source = new FileSource(Sprout);
        var ada = await republic.NewPersonAsync("Collector");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(ada);
        await tab.GoAsync("/models");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Library" }).ClickAsync();
        await tab.Page.Locator(".tabs").GetByRole(AriaRole.Link, new() { Name = "Personal models" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Fast Assistant" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("Search models").FillAsync("reasoning");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Fast Assistant" })).ToHaveCountAsync(0);
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Reasoning Master" })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Reasoning Master" }).ClickAsync();
        await Expect(tab.Page.GetByText("From the catalogue, unverified")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Q8_0 at 4,096 tokens" }).ClickAsync();
        await Expect(tab.Page.GetByText("Q8_0 with 4,096 tokens")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.GoAsync("/personal-models/add");
        await tab.AssertAccessibleAsync();
        await AssertUploadIsReadAsync(tab);
        await tab.GoAsync("/personal-models/add");
        await tab.Page.GetByLabel("URL of a GGUF file").FillAsync(source.Url.AbsoluteUri);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Expect(tab.Page.GetByText("Calculated from the header of the file.")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        source.Next(call => call.StallAsync(3_000_000));
        await tab.Page.GetByLabel("Name").FillAsync("Seedling");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Seedling" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("50 %").First).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(tab.Page.GetByText("Paused at")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        // Stage after stage comes by itself.
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Measured here" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await tab.AssertPleasantAsync();
        await tab.GoAsync("/personal-models");
        await Expect(tab.Page.GetByText("1 of yours is ready")).ToBeVisibleAsync();

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Seedling" }).First.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "New minion with it" }).ClickAsync();
        await Expect(tab.Page.Locator("#Input_ModelId")).ToHaveValueAsync("Seedling");
        await tab.Page.GetByLabel("Display name").FillAsync("Sprig");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Make minion" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Sprig" })).ToBeVisibleAsync();
        var minion = tab.Page.Url.Split('/')[^1];
        await tab.GoAsync($"/chats?minion={minion}");
        await tab.Page.GetByLabel("Message to Sprig").FillAsync("Hello");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator(".receipt")).ToContainTextAsync("Seedling", new() { Timeout = 30_000 });
        Assert.Empty(tab.Complaints);
    }

    /// <summary>A file that is no model is refused for that, so its form was taken for one of this page.</summary>
    private static async Task AssertUploadIsReadAsync(Tab tab)
    {
        var file = new FilePayload
        {
            Name = "notes.gguf",
            MimeType = "application/octet-stream",
            Buffer = "Notes"u8.ToArray(),
        };
        await tab.Page.GetByLabel("GGUF file", new() { Exact = true }).SetInputFilesAsync(file);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(tab.Page.GetByText("it does not begin with the letters GGUF")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Two_models_are_seen_in_memory_pinned_unloaded_renamed_quantized_rolled_back_and_removed()
    {
        var ada = await republic.NewPersonAsync("Keeper");
        var folder = Directory.CreateTempSubdirectory("kept");
        var half = TinyModelShape.Llama with { Width = 256, FeedForward = 512, Type = "F16" };
        await OwnModels.InstallAsync(ada, "grand-f16", await File.ReadAllBytesAsync(TinyModels.Write(folder.FullName, half, "g"), Ct));
        folder.Delete(recursive: true);
        await OwnModels.InstallAsync(ada, "seedling", OwnModels.SproutOf(Sprout.Length + 113));
        var minion = await ada.NewMinionAsync("iris", more: new() { ["model_id"] = "grand-f16" });
        await PlantedVersions.PlantAsync(republic, minion.Id);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(ada);
        await tab.GoAsync("/personal-models");
        var served = tab.Page.GetByRole(AriaRole.Region, new() { Name = "In memory now" });
        await Expect(served.GetByRole(AriaRole.Link, new() { Name = "seedling" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await served.GetByRole(AriaRole.Button, new() { Name = "Pin grand-f16" }).ClickAsync();
        await Expect(served.GetByRole(AriaRole.Button, new() { Name = "Unpin grand-f16" })).ToBeVisibleAsync();
        await served.GetByRole(AriaRole.Button, new() { Name = "Unload seedling" }).ClickAsync();
        await Expect(served.GetByRole(AriaRole.Link, new() { Name = "seedling" })).ToHaveCountAsync(0);
        await tab.GoAsync("/personal-models/memory");
        await tab.AssertAccessibleAsync();

        await tab.GoAsync("/personal-models");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "grand-f16" }).First.ClickAsync();
        await Expect(tab.Page.GetByText("until you unpin it")).ToBeVisibleAsync();
        await tab.Page.GetByLabel("Minutes in memory").FillAsync("600000");
        await tab.Page.GetByLabel("Name by which minions use it").FillAsync("Grand");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.GetByText("pin it instead")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("Minutes in memory").FillAsync("45");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Grand" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await LookAtSettingsAsync(tab);

        var versions = tab.Page.GetByRole(AriaRole.Region, new() { Name = "Versions" });
        await versions.GetByRole(AriaRole.Button, new() { Name = "Use version 1 of Iris" }).ClickAsync();
        await versions.GetByRole(AriaRole.Button, new() { Name = "Use version 0 of Iris" }).ClickAsync();
        await Expect(versions.Locator("tr", new() { HasText = "the base" })).ToContainTextAsync("In use");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Quantize to Q8_0" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "grand-q8_0" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Measured here" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await tab.AssertAccessibleAsync();

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Grand", Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        var question = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Delete Grand" });
        await Expect(question).ToContainTextAsync("Iris uses it and will not answer");
        await Expect(question).ToContainTextAsync("grand-q8_0 stays");
        await question.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(tab.Page.GetByText("Grand is gone.")).ToBeVisibleAsync();
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task An_address_that_gives_no_model_says_so_before_anything_is_downloaded()
    {
        await using var page = new RawUpstream { Script = call => call.WholeAsync("200 OK", "text/html", "<html>Hello</html>") };
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync($"/personal-models/available?url={Uri.EscapeDataString($"http://{page.Authority}/model.gguf")}");
        await Expect(tab.Page.GetByText("web page and not with a file")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Download" })).ToHaveCountAsync(0);
        await tab.AssertPleasantAsync();

        await tab.GoAsync($"/personal-models/available?url={Uri.EscapeDataString("http://10.1.2.3/model.gguf")}");
        await Expect(tab.Page.GetByText("is a private address")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
    }

    /// <summary>Of the model whose page is open, on a page of their own, which is for browsers without scripts.</summary>
    private static async Task LookAtSettingsAsync(Tab tab)
    {
        var model = new Uri(tab.Page.Url).AbsolutePath;
        await tab.GoAsync($"{model}/settings");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Settings", Exact = true }).First).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.GoAsync(model);
    }
}
