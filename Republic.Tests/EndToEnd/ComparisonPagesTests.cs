using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class ComparisonPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_blind_comparison_of_the_base_and_a_version_is_followed_voted_on_and_revealed()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Jonas.NewMinionAsync($"duel-{Guid.CreateVersion7():N}", vendor);
        await PlantedVersions.PlantAsync(republic, minion.Id);
        var planted = new PlantedChats(republic, republic.Jonas, minion.Id);
        await planted.AnswersAsync(await planted.ChatAsync(), 2, score: 1);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        var page = tab.Page;

        await tab.GoAsync($"/models/{minion.Id}/versions/1");
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare with the base" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Version 0" })).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Version 1" })).ToBeCheckedAsync();
        await page.GetByText("Or take one of your own").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Where is boat 1 kept?" }).ClickAsync();
        await Expect(page.GetByLabel("Prompt")).ToHaveValueAsync("Where is boat 1 kept?");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Hide which is which" }).CheckAsync();
        await tab.AssertAccessibleAsync();

        var hand = vendor.AnswersByHand();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare", Exact = true }).ClickAsync();
        await tab.ArriveAsync("/training/comparisons/[0-9a-f-]+$");
        await hand.Asked;
        var (first, second) = (Answer(page, "Answer A"), Answer(page, "Answer B"));
        await Expect(first).ToContainTextAsync("Writes");
        await Expect(second).ToContainTextAsync("Waits");
        vendor.Answers("Behind the *second* wall.");
        hand.Says("Behind the first wall.");
        hand.Ends();
        await Expect(first).ToContainTextAsync("Behind the first wall.");
        await Expect(second.Locator("em")).ToHaveTextAsync("second");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "No difference" })).ToBeVisibleAsync();
        Assert.DoesNotContain("tokens", await page.Locator(".several").TextContentAsync());
        await tab.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Best: Answer B" }).ClickAsync();
        await Expect(page.Locator(".page-head")).ToContainTextAsync("You chose version");
        await Expect(page.Locator(".answer[data-best=true]")).ToContainTextAsync("Behind the second wall.");
        await Expect(page.Locator(".answer h2")).ToContainTextAsync(["Version", "Version"]);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Best" })).ToHaveCountAsync(0);
        await tab.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Compare again with another prompt" }).ClickAsync();
        await Expect(page.Locator(".comparisons")).ToContainTextAsync("is best");
        await page.GetByRole(AriaRole.Link, new() { Name = "Where is boat 1 kept?" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await tab.ArriveAsync("/training/comparisons$");
        Assert.Empty(tab.Complaints);
    }

    private static ILocator Answer(IPage page, string name) => page.GetByRole(AriaRole.Article, new() { Name = name });
}
