using System.Net;
using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>Pages of one's own account, of the house and its superusers.</summary>
public sealed class HouseLookTests(SharedRepublic republic, LookWindow window) : IClassFixture<SharedRepublic>, IClassFixture<LookWindow>
{
    [Theory]
    [InlineData("/account", "Profile")]
    [InlineData("/account/password", "New password")]
    [InlineData("/account/security", "Where you are signed in")]
    [InlineData("/account/tokens", "A script with quite a long name")]
    [InlineData("/welcome", "You have a seat")]
    [InlineData("/help/hardware", "Hardware")]
    [InlineData("/help", "Using Republic")]
    [InlineData("/help?q=scheduled+training", "Schedules")]
    [InlineData("/help/training", "The nine steps")]
    [InlineData("/analytics", "Nothing in these days")]
    [InlineData("/memories", "Write one down")]
    [InlineData("/memories/settings", "How you are remembered")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown);

    [Fact]
    public async Task A_page_of_help_that_is_missing_pleases_in_every_size_and_light() =>
        await window.LookAsync(
            republic,
            await window.OnceAsync(PlantAsync),
            "/help/task-board",
            "There is no such page of help",
            status: HttpStatusCode.NotFound
        );

    [Theory]
    [InlineData("/admin/audit?handler=Check", "as written")]
    public async Task A_page_of_superusers_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantSuperuserAsync), page, shown);

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        await person.Api.PostAsync("/api/account/tokens", new { name = "A script with quite a long name that says what it does" });
        return new PlantedState(person);
    }

    private Task<PlantedState> PlantSuperuserAsync() => Task.FromResult(new PlantedState(republic.Mira));
}
