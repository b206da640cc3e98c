using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class ScenarioPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_template_is_edited_broken_mended_published_exported_and_read_again()
    {
        var person = await republic.NewPersonAsync("Planner");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/scenarios/new");
        await tab.AssertAccessibleAsync();
        await tab.Page.Locator("form:has(input[value='code-review']) button[type=submit]").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Code review", Level = 1 })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        // By keyboard: states of the graph are links.
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Review approval · Reviewer" }).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(
                tab.Page.GetByRole(
                    AriaRole.Heading,
                    new()
                    {
                        Name = "Review",
                        Level = 2,
                        Exact = true,
                    }
                )
            )
            .ToBeVisibleAsync();
        await tab.AssertPleasantAsync();
        await AssertArrowsMoveWhatWasChosenAsync(tab);

        await tab.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Reviewer" }).First.UncheckAsync();
        await SaveAsync(tab);
        await Expect(tab.Page.GetByText("Nobody acts in “Review”.")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("a.node[data-bad]")).ToHaveCountAsync(1);
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Reviewer" }).First.CheckAsync();
        await SaveAsync(tab);
        await Expect(tab.Page.Locator("#problems")).ToHaveCountAsync(0);

        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Check the change");
        await SaveAsync(tab);
        await tab.Page.WaitForURLAsync("**/edit/states/check_the_change");
        await Expect(tab.Page.Locator("a.node[aria-current]")).ToContainTextAsync("Check the change");

        await tab.Page.Locator("#scenario-head").GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(tab.Page.GetByText("It is the same as version 1.")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await AssertReadAgainAsync(tab);
        Assert.Empty(tab.Complaints);
        await AssertKeptWithoutServerAsync(tab);
    }

    /// <summary>Its YAML makes another scenario like it.</summary>
    private static async Task AssertReadAgainAsync(Tab tab)
    {
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "YAML", Exact = true }).Last.ClickAsync();
        var text = await tab.Page.Locator(".scenario-code code").TextContentAsync();
        Assert.Contains("  check_the_change:\n    type: approval\n", text, StringComparison.Ordinal);
        await tab.AssertAccessibleAsync();
        await tab.GoAsync("/scenarios/new");
        await tab
            .Page.Locator("#Input_Yaml")
            .FillAsync(text!.Replace("name: Code review", "name: Second review", StringComparison.Ordinal));
        await tab.Page.Locator("form:has(#Input_Yaml) button[type=submit]").ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Second review", Level = 1 })).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("a.node")).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task What_was_typed_is_lost_neither_to_another_state_nor_to_the_menu_nor_to_another_form()
    {
        var person = await republic.NewPersonAsync("Typist");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/scenarios/new");
        await tab.Page.Locator("form:has(input[value='code-review']) button[type=submit]").ClickAsync();
        await tab.Page.Locator("a.node").First.ClickAsync();
        var name = tab.Page.GetByLabel("Name", new() { Exact = true });
        await name.FillAsync("Set out");

        await AssertAskedAsync(tab, tab.Page.Locator("a.node").Last);
        await AssertAskedAsync(tab, tab.Page.GetByRole(AriaRole.Link, new() { Name = "Chats" }).First);
        await AssertAskedAsync(tab, tab.Page.Locator("#scenario-head").GetByRole(AriaRole.Button, new() { Name = "Publish" }));
        await Expect(name).ToHaveValueAsync("Set out");
        var entries = await tab.Page.EvaluateAsync<int>("history.length");
        await name.FillAsync("");
        await SaveAsync(tab);
        await Expect(tab.Page.Locator("#form .error")).ToBeVisibleAsync();
        await Expect(name).ToBeFocusedAsync();
        // What was refused is not saved, though the server wrote it.
        await AssertAskedAsync(tab, tab.Page.Locator("a.node").Last);
        // Kept in other words than it was typed, it is shown so, and is not unsaved.
        await name.FillAsync("set  out");
        await SaveAsync(tab);
        await tab.Page.WaitForURLAsync("**/edit/states/set_out");
        await Expect(tab.Page.Locator("#toasts")).ToContainTextAsync("Saved.");
        await Expect(name).ToHaveValueAsync("Set out");
        // The form of the former name is nowhere to go back to.
        Assert.Equal(entries, await tab.Page.EvaluateAsync<int>("history.length"));
        await name.FillAsync("Never saved");
        Assert.Equal(DialogType.BeforeUnload, await tab.AskedAsync("history.back()"));
        await Expect(name).ToHaveValueAsync("Never saved");
        await tab.Page.Locator("a.node").Last.ClickAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.Locator("#leave").GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Expect(name).Not.ToHaveValueAsync("Never saved");

        await tab.GoAsync("/scenarios/new");
        await tab.Page.Locator("#Input_Yaml").PressSequentiallyAsync("republic");
        Assert.Equal(DialogType.BeforeUnload, await tab.AskedAsync("location.reload()"));
        await Expect(tab.Page.Locator("#Input_Yaml")).ToHaveValueAsync("republic");
        Assert.Empty(tab.Complaints);
    }

    /// <summary>What was typed is not lost to a link or to another form.</summary>
    private static async Task AssertAskedAsync(Tab tab, ILocator elsewhere)
    {
        await elsewhere.ClickAsync();
        await Expect(tab.Page.Locator("#leave")).ToContainTextAsync("Leave without saving what you typed?");
        await tab.Page.Locator("#leave").GetByRole(AriaRole.Button, new() { Name = "Keep writing" }).ClickAsync();
        await Expect(tab.Page.Locator("#leave")).ToBeHiddenAsync();
    }

    /// <summary>What could not be sent stays in the form.</summary>
    private static async Task AssertKeptWithoutServerAsync(Tab tab)
    {
        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.RouteAsync("**/edit", route => route.AbortAsync());
        var name = tab.Page.GetByLabel("Name", new() { Exact = true });
        await name.FillAsync("Third review");
        await SaveAsync(tab);
        await Expect(tab.Page.Locator("#toasts")).ToContainTextAsync("The server did not answer.");
        await Expect(name).ToHaveValueAsync("Third review");
    }

    /// <summary>The arrow of a transition moves what was chosen and not saved yet, in the form alone.</summary>
    private static async Task AssertArrowsMoveWhatWasChosenAsync(Tab tab)
    {
        await tab.Page.Locator("#next-1-to").SelectOptionAsync("poor");
        await MoveUpAsync(tab);
        await Expect(tab.Page.GetByText("Not saved yet")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#next-0-to")).ToHaveValueAsync("poor");
        await Expect(tab.Page.Locator("#next-1-to")).ToHaveValueAsync("good");
        await tab.Page.Locator("#next-0-to").SelectOptionAsync("explain");
        await MoveUpAsync(tab);
        await Expect(tab.Page.Locator("#next-1-to")).ToHaveValueAsync("explain");
    }

    private static Task MoveUpAsync(Tab tab) => tab.Page.GetByRole(AriaRole.Button, new() { Name = "Move transition 2 up" }).ClickAsync();

    private static Task SaveAsync(Tab tab) => tab.Page.Locator("#form footer button[type=submit]").ClickAsync();
}
