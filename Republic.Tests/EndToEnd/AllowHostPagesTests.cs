using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using static Microsoft.Playwright.Assertions;

namespace Republic.Tests.EndToEnd;

/// <summary>From a refused call to a model server of one's own network to one that answers, without leaving the page.</summary>
public sealed class AllowHostPagesTests(ClosedRepublic republic, Browser browser) : IClassFixture<ClosedRepublic>
{
    [Fact]
    public async Task A_refused_host_is_allowed_inside_the_dialog_and_a_refused_key_offers_nothing()
    {
        await using var vendor = new FakeVendor();
        await using var tab = await SignedInAsync(republic.Mira);
        await tab.GoAsync("/models");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "New minion" }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("Custom", new() { Exact = true }).ClickAsync();
        await dialog.GetByLabel("Base URL").FillAsync(vendor.BaseUrl.ToString());
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Model" }).FillAsync("vendor-model");
        var test = dialog.GetByRole(AriaRole.Button, new() { Name = "Test connection" });
        await test.ClickAsync();
        var said = dialog.Locator("#test-answer");

        await Expect(said).ToContainTextAsync("is a private address");
        await tab.AssertAccessibleAsync();
        await said.GetByRole(AriaRole.Button, new() { Name = $"Allow {vendor.BaseUrl.Authority}" }).ClickAsync();
        await Expect(said).ToContainTextAsync($"{vendor.BaseUrl.Authority} is allowed. Try again.");
        await test.ClickAsync();
        await Expect(said).ToContainTextAsync("Answered in");
        await Expect(said).Not.ToContainTextAsync("is allowed");

        vendor.Refuses(HttpStatusCode.Unauthorized, "no such key");
        await test.ClickAsync();
        await Expect(said).ToContainTextAsync("no such key");
        await Expect(said.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_a_chat_was_refused_is_allowed_in_the_chat_by_a_superuser_alone()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Here I am.");
        republic.Resolver.Answer = [IPAddress.Loopback];
        var host = $"gpu.home.arpa:{vendor.BaseUrl.Port}";
        await using (var others = await OnChatAsync(republic.Jonas, vendor, host))
        {
            await AskAsync(others);
            await Expect(others.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"A superuser can allow {host} at /admin/hosts.");
            await Expect(others.Page.GetByText($"Allow {host}", new() { Exact = true })).ToHaveCountAsync(0);
        }

        await using var tab = await OnChatAsync(republic.Mira, vendor, host);
        await AskAsync(tab);
        var allow = tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Allow {host}" });
        await Expect(allow).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
        await allow.ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"{host} is allowed. Try again.");
        await tab.Page.ReloadAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is a private address");
        await Expect(allow).ToHaveCountAsync(0);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Answer again" }).ClickAsync();
        await Expect(tab.Page.Locator(".turn[data-from=minion] [data-prose]")).ToHaveTextAsync("Here I am.");
    }

    [Fact]
    public async Task A_page_whose_own_question_was_refused_asks_again_once_the_host_is_allowed()
    {
        await using var vendor = new FakeVendor();
        await using var tab = await SignedInAsync(republic.Mira);
        var file = new Uri(vendor.BaseUrl, "/model.gguf");
        await tab.GoAsync($"/personal-models/available?url={Uri.EscapeDataString(file.AbsoluteUri)}");
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is a private address");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = $"Allow {file.Authority}" }).ClickAsync();

        await Expect(tab.Page.GetByRole(AriaRole.Alert)).Not.ToContainTextAsync("is a private address");
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Allow" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("text/html", "<!doctype html><title>Other</title><h1>Other page</h1>")]
    [InlineData("text/html", "<!-- a proxy -->\r\n<html><head><title>502</title></head><body><h1>Other page</h1></body></html>")]
    [InlineData("text/plain", "Other page")]
    [InlineData("application/json", "{\"title\":\"Other page\"}")]
    public async Task Only_a_fragment_takes_the_place_of_a_part_of_the_page(string type, string body)
    {
        var person = await republic.NewPersonAsync($"Nora-{Guid.CreateVersion7():N}");
        await person.NewMinionAsync("owl");
        await using var tab = await SignedInAsync(person);
        await tab.GoAsync("/models");
        var star = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Favourite: Owl" });
        await tab.Page.RouteAsync("**/*handler=Favorite*", route => route.FulfillAsync(new() { ContentType = type, Body = body }));

        await star.ClickAsync();

        await Expect(tab.Page.Locator(".toast")).ToContainTextAsync("an answer that does not belong here");
        await Expect(star).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("Other page")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_host_that_cannot_be_allowed_is_told_why_among_the_messages()
    {
        await using var tab = await SignedInAsync(republic.Mira);
        await tab.GoAsync("/models");
        foreach (var (host, why) in new[] { ("", "Enter a host and its port"), ("169.254.169.254:80", "It is never allowed.") })
        {
            await tab.Page.EvaluateAsync(
                "host => htmx.ajax('POST', `/admin/hosts?handler=Allow&host=${host}`, { source: '.page-head', target: '.page-head' })",
                host
            );
            await Expect(tab.Page.Locator(".toast").Filter(new() { HasText = why })).ToBeVisibleAsync();
            await Expect(tab.Page.Locator(".page-head")).ToBeVisibleAsync();
        }
    }

    private static async Task AskAsync(Tab tab)
    {
        await tab.Page.Locator("#message").FillAsync("Hi");
        await tab.Page.Locator("#message").PressAsync("Enter");
    }

    private async Task<Tab> SignedInAsync(Inhabitant person)
    {
        var tab = await browser.OpenAsync(republic.Address);
        await tab.SignInAsync(person);
        return tab;
    }

    private async Task<Tab> OnChatAsync(Inhabitant person, FakeVendor vendor, string host)
    {
        var minion = await person.NewMinionAsync("seer", vendor, new JsonObject { ["base_url"] = $"http://{host}/v1" });
        var chat = await Chat.BeginAsync(person, minion.Id);
        var tab = await SignedInAsync(person);
        await tab.GoAsync($"/chats/{chat.Id}");
        return tab;
    }
}
