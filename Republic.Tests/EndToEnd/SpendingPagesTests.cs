using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>A person's money on its pages; <see cref="Spender"/> says what things cost.</summary>
public sealed class SpendingPagesTests(SharedRepublic republic, Browser browser) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private Spender who = null!;
    private Tab tab = null!;

    public async ValueTask InitializeAsync()
    {
        who = await Spender.NewAsync(republic);
        tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(who.Person);
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await who.DisposeAsync();
    }

    [Fact]
    public async Task A_budget_is_set_counted_by_a_price_that_is_changed_and_downloaded()
    {
        await tab.GoAsync("/providers/spending");
        await Expect(tab.Page.GetByText("No budgets yet")).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.Page.Locator("#Input_MonthlyUsd").FillAsync("20");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Set budget" }).ClickAsync();
        await Expect(tab.Page.GetByText("The budget is set.")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".me")).ToContainTextAsync("$0 of $20.00 this month");

        await AskAsync(Spender.Answer);
        await tab.GoAsync("/providers/spending");
        await Expect(Budget).ToContainTextAsync("$0.0030 of $20.00 this month");
        await Expect(Budget).ToContainTextAsync("warns at $16.00, refuses at $20.00");
        await Expect(tab.Page.Locator("[data-chart=bars] .plot")).ToHaveCountAsync(1);
        await Expect(tab.Page.Locator("[data-chart=bars] .plot .tick").First).ToHaveTextAsync("$0");
        await tab.AssertAccessibleAsync();

        await ChangePriceAsync();
        await AskAsync(Spender.Answer + (2 * Spender.Answer));
        await tab.GoAsync("/providers/spending?by=Model");
        await Expect(Budget).ToContainTextAsync("$0.0090 of $20.00 this month");
        await Expect(tab.Page.GetByRole(AriaRole.Row, new() { Name = "custom/vendor-model" })).ToContainTextAsync("$0.0090");

        await tab.Page.SetViewportSizeAsync(1280, 900);
        var lines = await DownloadAsync("CSV by day");
        Assert.Contains(",custom/vendor-model,custom/vendor-model,2,2,14,6,0.009", lines);
        Assert.Contains("custom,vendor-model,answered,", await DownloadAsync("CSV of calls"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Whoever_comes_near_a_budget_is_told_so_on_the_page_that_is_open()
    {
        // An answer of at most three tokens costs what is set aside for it.
        await who.PriceAsync("dear-model", 100_000);
        var dear = await who.NewMinionAsync("dear", new() { ["model_id"] = "dear-model", ["max_tokens"] = 3 });
        await who.SetAsync(0.36m);
        await tab.GoAsync("/models");

        using var answer = await who.AskAsync(dear);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var toast = tab.Page.Locator(".toast", new() { HasText = "Four fifths of this month’s budget are spent." });
        await Expect(toast).ToContainTextAsync("$0.30 of $0.36.");
        await tab.AssertAccessibleAsync();
    }

    private ILocator Budget => tab.Page.GetByRole(AriaRole.Article, new() { Name = "Everything" });

    private async Task ChangePriceAsync()
    {
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Prices" }).ClickAsync();
        await tab.AssertAccessibleAsync();
        await tab.Page.SetViewportSizeAsync(1280, 900);
        await tab.Page.GetByLabel("Model or provider").FillAsync("vendor");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Change the price of vendor-model" }).ClickAsync();
        await Expect(tab.Page.Locator("#Input_Model")).ToHaveValueAsync("vendor-model");
        await tab.Page.GetByLabel("Million tokens out").FillAsync("2000");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Set price" }).ClickAsync();
        await Expect(tab.Page.GetByText("The price is set.")).ToBeVisibleAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Row, new() { Name = "vendor-model" })).ToContainTextAsync("$2,000.00");
    }

    /// <summary>One call, and what is spent by then.</summary>
    private async Task AskAsync(decimal spent)
    {
        using var answer = await who.AskAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Until.TrueAsync(async () =>
            await who.SpentAsync() == spent
            && await republic.QueryAsync(db => db.ModelCalls.Where(c => c.OwnerId == who.Person.Id).SumAsync(c => c.Cost)) == spent
        );
    }

    private async Task<string> DownloadAsync(string link)
    {
        var file = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync());
        Assert.StartsWith("usage-", file.SuggestedFilename, StringComparison.Ordinal);
        return await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
    }
}
