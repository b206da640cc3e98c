using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class TaskSharingPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_task_is_shared_accepted_and_discussed_and_the_owner_sees_it_at_once()
    {
        var owner = await republic.NewPersonAsync("Shares");
        var guest = await republic.NewPersonAsync("Accepts");
        var shared = await SharedTask.MakeAsync(owner);
        await using var there = await OpenAsync(guest, "/tasks");
        await Expect(Waiting(there)).ToHaveTextAsync("");
        await using var here = await OpenAsync(owner, $"/tasks/{shared.Task}");
        await here.Page.GetByLabel("User name").FillAsync(guest.Email);
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Expect(here.Page.Locator(".toast")).ToContainTextAsync($"If there is a person called {guest.Email}");
        await Expect(Sharing(here)).ToContainTextAsync("not accepted yet");
        await here.AssertAccessibleAsync();

        await Expect(Waiting(there)).ToContainTextAsync("1 waiting for you: 1 invitation");
        await there.Page.GetByRole(AriaRole.Link, new() { Name = "Shared with me 1 new" }).ClickAsync();
        await there.ArriveAsync("/tasks/shared$");
        await Expect(there.Page.Locator("#shared")).ToContainTextAsync($"{shared.Title} from Shares");
        await there.AssertAccessibleAsync();
        await there.Page.GetByRole(AriaRole.Button, new() { Name = $"Accept {shared.Title}" }).ClickAsync();
        await there.ArriveAsync($"/tasks/{shared.Task}$");
        await Expect(Waiting(there)).ToHaveTextAsync("");
        await Expect(there.Page.Locator(".task-comment")).ToContainTextAsync("The owner wrote this");
        await Expect(there.Page.GetByLabel("Done by")).ToHaveCountAsync(0);
        await Expect(Sharing(here)).Not.ToContainTextAsync("not accepted yet");
        await there.AssertAccessibleAsync();

        await there.Page.GetByLabel("Comment", new() { Exact = true }).FillAsync("The beds lie in the shade.");
        await there.Page.GetByRole(AriaRole.Button, new() { Name = "Comment", Exact = true }).ClickAsync();
        await Expect(here.Page.Locator(".task-comment").Last).ToContainTextAsync("The beds lie in the shade.");
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = guest.Id });
        await there.Page.GetByLabel("Move to").SelectOptionAsync("REVIEW");
        await there.Page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Expect(here.Page.GetByRole(AriaRole.Heading, new() { Name = "Review" })).ToBeVisibleAsync();
        await Expect(Waiting(here)).ToContainTextAsync("1 waiting for you");
        await Expect(Waiting(there)).ToHaveTextAsync("");
        await there.GoAsync("/tasks/shared");
        await Expect(there.Page.GetByRole(AriaRole.Region, new() { Name = "Assigned to me" })).ToContainTextAsync(shared.Title);
        await there.AssertAccessibleAsync();
        Assert.Empty(here.Complaints);

        await here.Page.GetByRole(AriaRole.Button, new() { Name = $"Stop sharing it with {guest.Email}" }).ClickAsync();
        await Expect(there.Page.Locator("#shared")).ToContainTextAsync("Nothing is shared with you");
        var gone = await there.Page.GotoAsync($"/tasks/{shared.Task}");
        Assert.Equal(404, gone!.Status);
    }

    private static ILocator Waiting(Tab tab) => tab.Page.Locator(".nav-main .tasks-waiting");

    private static ILocator Sharing(Tab tab) => tab.Page.GetByRole(AriaRole.Region, new() { Name = "Shared with" });

    private async Task<Tab> OpenAsync(Inhabitant person, string path)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync(path);
        return tab;
    }
}
