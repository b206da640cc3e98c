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
        Assert.Empty(tab.Complaints);
    }

    private static Task SaveAsync(Tab tab) => tab.Page.Locator("#form footer button[type=submit]").ClickAsync();
}
