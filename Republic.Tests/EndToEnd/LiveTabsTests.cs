using System.Text;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class LiveTabsTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_second_tab_sees_what_happened_before_its_script_began()
    {
        var person = republic.Jonas;
        var collection = (await KnowledgeWorld.CollectionAsync(person, "Tabs"))["id"]!.GetValue<string>();
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync($"/knowledge/{collection}");
        var second = await tab.Page.Context.NewPageAsync();
        var script = new TaskCompletionSource();
        await second.RouteAsync(
            "**/js/live*.js",
            async route =>
            {
                await script.Task;
                await route.ContinueAsync();
            }
        );
        await second.GotoAsync($"/knowledge/{collection}", new() { WaitUntil = WaitUntilState.Commit });
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "No documents yet" })).ToBeVisibleAsync();

        // The first tab has the connection, and shows it.
        await KnowledgeWorld.AddAsync(person, collection, "news.txt", Encoding.UTF8.GetBytes("What is new."));
        await Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "news.txt" })).ToBeVisibleAsync();
        script.SetResult();

        await Expect(second.GetByRole(AriaRole.Link, new() { Name = "news.txt" })).ToBeVisibleAsync();
    }
}
