using Microsoft.Playwright;
using Republic.Core.Tasks;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A person makes a dataset of what their minions did well.</summary>
public sealed class HandInPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_dataset_is_made_of_the_results_that_are_chosen()
    {
        var person = await republic.NewPersonAsync("Gathers");
        await using var vendor = new FakeVendor();
        vendor.Answers("There are seven boats.");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        var page = tab.Page;
        await tab.GoAsync("/datasets/new");
        await page.GetByRole(AriaRole.Link, new() { Name = "From finished tasks" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No good hand-ins yet" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        var pim = (await person.NewMinionAsync("pim", vendor)).Id;
        await AcceptedAsync(person, pim, "Count the boats");
        await AcceptedAsync(person, pim, "Count the sails");
        await AcceptedAsync(person, (await person.NewMinionAsync("pam", vendor)).Id, "Paint the shed");
        await page.SetViewportSizeAsync(1280, 900);
        await tab.GoAsync("/tasks");
        await page.GetByRole(AriaRole.Link, new() { Name = "Make a dataset of results" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "3 good hand-ins" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Checked = true })).ToHaveCountAsync(3);
        await tab.AssertAccessibleAsync();

        await page.SetViewportSizeAsync(1280, 900);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("What Pim did well");
        await page.Locator(".chips a", new() { HasText = "Pim" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "2 good hand-ins" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Checked = true })).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Count the sails" }).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the dataset" }).ClickAsync();

        await tab.ArriveAsync("/datasets/[0-9a-f-]{36}$");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What Pim did well" })).ToBeVisibleAsync();
        await Expect(page.Locator(".page-head p").Last).ToHaveTextAsync("The one row is usable.");
        Assert.Empty(tab.Complaints);
    }

    private async Task AcceptedAsync(Inhabitant person, Guid minion, string title)
    {
        var tasks = new Tasked(republic, person);
        var task = await tasks.MakeAsync(minion, title);
        await tasks.EndAsync(task);
        await tasks.MoveAsync(task, WorkTaskStatus.Done);
    }
}
