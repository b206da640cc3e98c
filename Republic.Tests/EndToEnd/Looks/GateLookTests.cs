using System.Net;
using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>What somebody sees who is not signed in.</summary>
public sealed class GateLookTests(SharedRepublic republic, LookWindow window) : IClassFixture<SharedRepublic>, IClassFixture<LookWindow>
{
    [Theory]
    [InlineData("/account/sign-in", "Sign in")]
    [InlineData("/account/sign-up", "Make my account")]
    [InlineData("/account/reset?token={token}", "You will be signed out everywhere")]
    [InlineData("/account/reset?token=spent", "This link is no longer valid")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown);

    [Fact]
    public async Task A_page_that_is_nowhere_pleases_too() =>
        await window.LookAsync(
            republic,
            new PlantedState(republic.Jonas),
            "/no/such/page",
            "There is nothing here",
            status: HttpStatusCode.NotFound
        );

    private async Task<PlantedState> PlantAsync()
    {
        var lost = await republic.NewPersonAsync("Lost");
        var made = await republic.Mira.Api.PostAsync($"/api/admin/people/{lost.Id}/reset-link");
        return new PlantedState(null, ("token", new Uri(made["url"]!.GetValue<string>()).Query["?token=".Length..]));
    }
}
