using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Republic.Core.Citizens.Capabilities;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class CitizenPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_minion_is_found_described_and_given_custom_fields()
    {
        var minion = await republic.Ada.NewMinionAsync("rook");
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Ada);
        await tab.GoAsync("/citizens");
        await Expect(tab.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await tab.AssertPleasantAsync();

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Rook", Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("First name").FillAsync("Rowan");
        await tab.Page.GetByLabel("Personality traits").FillAsync("curious, exact");
        await tab.Page.GetByLabel("Interests").FillAsync("chess");
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await tab.ArriveAsync($"/citizens/{minion.Id}$");
        await Expect(tab.Page.Locator("#citizen")).ToContainTextAsync("Rowan");
        await Expect(tab.Page.Locator(".pill")).ToHaveTextAsync(["curious", "exact", "chess"]);

        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Time zone");
        await tab.Page.GetByLabel("Value", new() { Exact = true }).Last.FillAsync("Oslo");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add field" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Article, new() { Name = "Time zone" })).ToContainTextAsync("Oslo");
        await tab.AssertAccessibleAsync();

        await tab.Page.GetByText("Change Time zone").ClickAsync();
        await tab.Page.Locator("textarea[id^=value-]").FillAsync("Bergen");
        await tab
            .Page.GetByRole(AriaRole.Article, new() { Name = "Time zone" })
            .GetByRole(AriaRole.Button, new() { Name = "Save" })
            .ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Article, new() { Name = "Time zone" })).ToContainTextAsync("Bergen");
        await tab.Page.GetByText("Change Time zone").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Time zone" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Article, new() { Name = "Time zone" })).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task An_entry_of_a_capability_is_struck_and_the_stroke_undone()
    {
        var minion = await republic.Jonas.NewMinionAsync("judge");
        await RecordAsync(new(minion.Id, "Code review", CapabilityEntryKind.Success, "task", Guid.CreateVersion7(), 1, republic.Jonas.Id));
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync($"/citizens/{minion.Id}");
        var capability = tab.Page.GetByRole(AriaRole.Article, new() { Name = "Code review" });
        await Expect(capability).ToContainTextAsync("3.67");
        await tab.Page.GetByText("History of Code review").ClickAsync();
        await tab.AssertAccessibleAsync();

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Strike: Success" }).ClickAsync();
        await Expect(capability).ToContainTextAsync("3.00");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(capability).ToContainTextAsync("3.67");

        await tab.Page.GetByText("Add a capability").ClickAsync();
        await tab.Page.GetByLabel("Capability", new() { Exact = true }).FillAsync("CODE REVIEW");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Add capability" }).ClickAsync();
        await Expect(tab.Page.GetByText("is there already, in capitals or not")).ToBeVisibleAsync();
        await tab.GoAsync("/citizens");
        await Expect(tab.Page.GetByRole(AriaRole.Img, new() { Name = "3.7 of 5" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
    }

    [Fact]
    public async Task It_works_without_javascript()
    {
        await using var tab = await browser.OpenAsync(republic.Address, javaScript: false);
        await tab.SignInAsync(republic.Jonas);
        await tab.GoAsync($"/citizens/{republic.Jonas.Id}/edit");
        await tab.Page.GetByLabel("Skills").FillAsync("planning");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.Page.Locator(".pill")).ToHaveTextAsync(["planning"]);
    }

    private Task<bool> RecordAsync(CapabilityEvent what) =>
        republic.QueryAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            var counted = await republic.Services.GetRequiredService<CapabilityRecorder>().RecordAsync(db, what, Ct);
            await transaction.CommitAsync(Ct);
            return counted;
        });
}
