using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>
/// From sign-in to a trained minion without a pointer: once the first address is typed there are keys alone. Most of the time goes to the
/// run, which is a whole one on the built-in model with as little to do as the form allows.
/// </summary>
public sealed class KeyboardTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task By_keys_alone_somebody_signs_in_meets_a_minion_trains_it_and_finds_it_trained()
    {
        var person = await republic.NewPersonAsync("Typist");
        // With one dataset there would be nothing to choose.
        foreach (var rows in new[] { 6, 12 })
        {
            await DatasetWorld.EndOfAsync(person, $"{await TrainingWorld.NewDatasetAsync(person, rows)}");
        }

        await using var tab = await browser.OpenAsync(republic.Address);
        var (page, typist) = (tab.Page, new Typist(tab));
        await tab.GoAsync("/account/sign-in");

        await SignInAsync(page, typist, person);
        await MeetAsync(page, typist);
        await ConfigureAsync(page, typist);
        await WatchAsync(page, typist);
        await FindAsync(page, typist);
        Assert.Empty(tab.Complaints);
    }

    private static async Task SignInAsync(IPage page, Typist typist, Inhabitant person)
    {
        await typist.AssertAtAsync(page.GetByLabel("E-mail"));
        await typist.TypeAsync(person.Email);
        await typist.TabToAsync(page.GetByLabel("Password"));
        await typist.TypeAsync(person.Password);
        await typist.PressAsync("Enter");
        await typist.ArriveAsync("/welcome$");
    }

    /// <summary>Makes the minion, types in its chat what elsewhere are keys, and goes on by the palette.</summary>
    private static async Task MeetAsync(IPage page, Typist typist)
    {
        await typist.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Meet Tinker" }));
        await typist.PressAsync("Enter");
        await typist.ArriveAsync("/chats/[0-9a-f-]{36}$");
        var message = page.GetByLabel("Message to Tinker");
        await typist.AssertAtAsync(message);
        await typist.TypeAsync("gm?c");
        await Expect(message).ToHaveValueAsync("gm?c");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await typist.PressAsync("Control+k");
        var palette = page.Locator("#palette");
        await typist.AssertAtAsync(palette.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" }));
        await typist.TypeAsync("train ti");
        await Expect(palette.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("Train Tinker");
        await typist.PressAsync("Enter");
        await typist.ArriveAsync(@"/training/new\?minion=");
    }

    /// <summary>What follows from a choice is drawn beside it, and leaves the focus where it is.</summary>
    private static async Task ConfigureAsync(IPage page, Typist typist)
    {
        var rows = page.GetByRole(AriaRole.Checkbox, new() { Name = "12 rows" });
        await typist.TabToAsync(rows);
        await typist.PressAsync("Space");
        await Expect(page.Locator("#rows-note")).ToContainTextAsync("12 usable rows chosen.");
        await typist.AssertAtAsync(rows);

        await UnfoldAsync("How it is asked");
        await EnterAsync("Temperature", "0");
        await EnterAsync("Max tokens", "16");
        await UnfoldAsync("How weights are trained");
        await EnterAsync("Epochs", "1");
        await EnterAsync("Replay", "0");
        await Expect(page.Locator("#lora-note")).ToContainTextAsync("1 epoch over about");
        await typist.AssertAtAsync(page.GetByLabel("Replay"));

        await UnfoldAsync("How it is measured");
        await EnterAsync("Repeats", "1");
        await Expect(page.GetByLabel("Repeats")).ToHaveValueAsync("1");
        await typist.TabToAsync(page.GetByRole(AriaRole.Radio, new() { Name = "If it is better." }));
        await typist.PressAsync("ArrowDown");
        await Expect(page.Locator("#chosen-measure")).ToContainTextAsync("always promoted");
        await typist.AssertAtAsync(page.GetByRole(AriaRole.Radio, new() { Name = "Always." }));
        await typist.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }));
        await typist.PressAsync("Enter");
        await typist.ArriveAsync("/training/[0-9a-f-]{36}$");

        async Task UnfoldAsync(string heading)
        {
            await typist.TabToAsync(page.Locator("summary").Filter(new() { HasText = heading }));
            await typist.PressAsync("Enter");
        }

        async Task EnterAsync(string label, string value)
        {
            await typist.TabToAsync(page.GetByLabel(label));
            await typist.TypeAsync(value);
        }
    }

    /// <summary>The report takes the place of the progress, and of what had the focus in it.</summary>
    private static async Task WatchAsync(IPage page, Typist typist)
    {
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Shortcuts" });
        await typist.PressAsync("?");
        await Expect(sheet).ToBeVisibleAsync();
        await typist.PressAsync("Escape");
        await Expect(sheet).ToBeHiddenAsync();

        var crumbs = page.GetByRole(AriaRole.Navigation, new() { Name = "Breadcrumb" });
        await typist.TabToAsync(crumbs.GetByRole(AriaRole.Link, new() { Name = "Training" }));
        await Expect(page.Locator("#h-gate")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        // Whatever was measured.
        await Expect(page.Locator(".verdict"))
            .ToContainTextAsync(new Regex("made live as version 1|Version 1 was made live", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.Locator("#run :focus")).ToHaveCountAsync(1);
    }

    private static async Task FindAsync(IPage page, Typist typist)
    {
        await typist.PressAsync("g", "m");
        await typist.ArriveAsync("/models$");
        await typist.PressAsync("j");
        await typist.AssertAtAsync(page.Locator(".minion").GetByRole(AriaRole.Link, new() { Name = "Tinker", Exact = true }));
        await typist.PressAsync("Enter");
        await typist.ArriveAsync("/models/[0-9a-f-]{36}$");
        var live = page.Locator(".versions > li[aria-current=true]");
        await Expect(live).ToContainTextAsync("Version 1");
        await Expect(live).ToContainTextAsync("In use");
    }
}
