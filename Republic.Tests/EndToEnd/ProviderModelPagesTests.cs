using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class ProviderModelPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_list_is_read_searched_and_a_minion_is_made_with_what_is_found()
    {
        await using var vendor = new FakeVendor
        {
            ModelList = """
                {"id":"vendor-model","context_length":131072,"pricing":{"input":3,"output":15}},
                {"id":"small-model","deprecation":"2027-01-14"}
                """,
        };
        var person = await republic.NewPersonAsync("Reader");
        await person.NewMinionAsync("reader", vendor);
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        await tab.GoAsync("/providers/custom");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "No list yet" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Read the list" }).ClickAsync();

        var first = tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "vendor-model" });
        await Expect(first).ToContainTextAsync("131,072");
        await Expect(first).ToContainTextAsync("$15");
        await Expect(first.GetByRole(AriaRole.Link, new() { Name = "Reader" })).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("ends on 14 Jan 2027")).ToBeVisibleAsync();
        await Expect(first.GetByText("vendor-model", new() { Exact = true })).Not.ToHaveCSSAsync("text-decoration-line", "line-through");
        await tab.AssertAccessibleAsync();

        await tab.Page.GetByLabel("Search models").FillAsync("small");
        await Expect(first).ToHaveCountAsync(0);
        await tab.ArriveAsync("q=small");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Make a minion with small-model" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Model" }).First).ToHaveValueAsync("small-model");
        await Expect(tab.Page.GetByLabel("Base URL")).ToHaveValueAsync(vendor.BaseUrl.ToString());
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Without_javascript_it_is_read_and_searched_too()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Plainreader");
        await person.NewMinionAsync("plainreader", vendor);
        await using var tab = await browser.OpenAsync(republic.Address, javaScript: false);
        await tab.SignInAsync(person);
        await tab.GoAsync("/providers/custom");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Read the list" }).ClickAsync();
        await Expect(tab.Page.GetByText("vendor-model")).ToBeVisibleAsync();
        await tab.Page.GetByLabel("Search models").FillAsync("nothing like it");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
    }
}
