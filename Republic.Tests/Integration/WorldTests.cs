using System.Net;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>The test world itself: what every other test stands on.</summary>
public sealed class WorldTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    [Fact]
    public async Task Mira_is_the_superuser_and_Jonas_is_not()
    {
        Assert.Contains("superuser", (await republic.Mira.Api.GetAsync("/api/account/me"))["roles"]!.ToJsonString());
        Assert.Equal("[]", (await republic.Jonas.Api.GetAsync("/api/account/me"))["roles"]!.ToJsonString());
    }

    [Fact]
    public async Task A_signed_in_browser_sees_a_page_and_a_stranger_is_led_to_the_sign_in()
    {
        Assert.Contains("Jonas", await (await republic.Jonas.BrowserAsync()).ReadAsync("/account"));
        using var stranger = await republic.NewVisitor().GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, stranger.StatusCode);
    }

    [Fact]
    public async Task A_minion_on_a_fake_vendor_reaches_it_with_its_key()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Good ", "day");
        var minion = await republic.Jonas.NewMinionAsync("sage", vendor);

        var test = await republic.Jonas.Api.PostAsync($"/api/minions/{minion.Id}/test");

        Assert.True(test["ok"]!.GetValue<bool>(), test.ToJsonString());
        Assert.Equal($"Bearer {FakeVendor.Key}", vendor.LastRequest.Authorization);
    }

    [Fact]
    public async Task A_restarted_app_still_knows_its_people()
    {
        await republic.RestartAsync();
        Assert.Equal("Ada", (await republic.Ada.Api.GetAsync("/api/account/me"))["username"]!.GetValue<string>());
        var browser = republic.NewVisitor();
        await browser.SignInAsync(republic.Ada.Email, republic.Ada.Password);
        Assert.Contains("Ada", await browser.ReadAsync("/account"));
    }
}
