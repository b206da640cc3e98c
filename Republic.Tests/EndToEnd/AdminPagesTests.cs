using Microsoft.Playwright;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

public sealed class AdminPagesTests(ModelRepublic republic, Browser browser) : IClassFixture<ModelRepublic>
{
    [Fact]
    public async Task Somebody_is_invited_signs_up_is_deactivated_refused_reactivated_and_deleted()
    {
        await using var mira = await browser.OpenAsync(republic.Address);
        await mira.SignInAsync(republic.Mira);
        await mira.GoAsync("/models");
        await mira.OpenMenuAsync();
        await mira.Page.GetByRole(AriaRole.Link, new() { Name = "Administration" }).ClickAsync();
        await Expect(mira.Page.GetByRole(AriaRole.Link, new() { Name = "Jonas" })).ToBeVisibleAsync();
        await mira.AssertAccessibleAsync();

        await mira.GoAsync("/admin/invitations");
        await mira.Page.Locator("input[value=Invitation]").CheckAsync();
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(mira.Page.GetByText("Everybody needs an invitation")).ToBeVisibleAsync();
        await mira.Page.GetByLabel("For whom").FillAsync("Nora");
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await mira.Page.Locator("code").First.InnerTextAsync();
        await mira.AssertAccessibleAsync();

        await using var nora = await browser.OpenAsync(republic.Address);
        await nora.GoAsync("/account/sign-up");
        await Expect(nora.Page.GetByText("You need an invitation to sign up here.")).ToBeVisibleAsync();
        await nora.AssertAccessibleAsync();
        await nora.GoAsync(new Uri(link).PathAndQuery);
        await nora.Page.GetByLabel("Your name").FillAsync("Nora");
        await nora.Page.GetByLabel("E-mail").FillAsync("nora@guests.example");
        await nora.Page.GetByLabel("Password").FillAsync("three little words");
        await nora.Page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await Expect(nora.Page).ToHaveURLAsync(new Uri(republic.Address, "/welcome").AbsoluteUri);
        await Expect(nora.Page.GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToHaveCountAsync(0);

        await mira.GoAsync("/admin?q=nora");
        await mira.Page.GetByRole(AriaRole.Link, new() { Name = "Nora" }).ClickAsync();
        await mira.AssertAccessibleAsync();
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Make a superuser" }).ClickAsync();
        await mira.AssertAccessibleAsync();
        await mira.Page.Locator("#ask-role").GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Deactivate Nora" }).ClickAsync();
        await mira.Page.Locator("#ask-deactivate").GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await Expect(mira.Page.GetByRole(AriaRole.Button, new() { Name = "Reactivate Nora" })).ToBeVisibleAsync();
        await nora.GoAsync("/account/sign-in");
        await SignInAsync(nora);
        await Expect(nora.Page.GetByText("This account is deactivated.")).ToBeVisibleAsync();

        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Reactivate Nora" }).ClickAsync();
        await Expect(mira.Page.GetByRole(AriaRole.Button, new() { Name = "Deactivate Nora" })).ToBeVisibleAsync();
        await SignInAsync(nora);
        await Expect(nora.Page.GetByText("You have a seat, Nora.")).ToBeVisibleAsync();

        await mira.Page.GetByRole(AriaRole.Link, new() { Name = "Delete the account" }).ClickAsync();
        await mira.AssertAccessibleAsync();
        await mira.Page.GetByLabel("Type the name to delete it").FillAsync("Nora");
        await mira.Page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(mira.Page.GetByText("The account of Nora is deleted.")).ToBeVisibleAsync();
        Assert.Empty(mira.Complaints);
    }

    [Fact]
    public async Task An_allowed_host_is_listed_and_taken_back()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Mira);
        await tab.GoAsync("/admin/hosts");
        await tab.Page.GetByLabel("Host and port").FillAsync("192.168.1.20:11434");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        var takeBack = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Take back 192.168.1.20:11434" });
        await Expect(takeBack).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await takeBack.ClickAsync();
        await Expect(takeBack).ToHaveCountAsync(0);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task Work_and_settings_are_seen_and_a_setting_is_changed_and_taken_back()
    {
        await using var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(republic.Mira);
        await tab.GoAsync("/admin/work");
        await Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Nodes" })).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();

        await tab.GoAsync("/admin/settings");
        await tab.AssertAccessibleAsync();
        await tab.Page.GetByLabel("Datasets of a person").FillAsync("5 GB");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        var setBy = tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Datasets:QuotaBytes" }).Locator("td[data-label='Set by']");
        await Expect(setBy).ToContainTextAsync("Mira");
        await tab.Page.GetByLabel("Datasets of a person").FillAsync("lots");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(tab.Page.GetByText("takes a size from")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Reset Datasets of a person" }).ClickAsync();
        await Expect(setBy).ToHaveTextAsync("the default");
    }

    private static async Task SignInAsync(Tab tab)
    {
        await tab.Page.GetByLabel("E-mail").FillAsync("nora@guests.example");
        await tab.Page.GetByLabel("Password").FillAsync("three little words");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
