using System.Net;
using Republic.Core.Backups.Schedules;
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
    [InlineData("/account/delete", "Type your name to delete it")]
    [InlineData("/account/data", "Download")]
    [InlineData("/account/data/imports/{import}", "What was imported")]
    [InlineData("/welcome", "You have a seat")]
    [InlineData("/help/hardware", "Hardware")]
    [InlineData("/help", "Using Republic")]
    [InlineData("/help?q=scheduled+training", "Schedules")]
    [InlineData("/help/training", "The nine steps")]
    [InlineData("/analytics", "Nothing in these days")]
    [InlineData("/memories", "Write one down")]
    [InlineData("/memories/settings", "How you are remembered")]
    [InlineData("/tools/servers", "Add a server")]
    [InlineData("/tools/servers/{server}", "Read again")]
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

    [Fact]
    public async Task The_end_of_a_sign_in_that_nobody_began_pleases_in_every_size_and_light() =>
        await window.LookAsync(
            republic,
            await window.OnceAsync(PlantAsync),
            "/tools/servers/{server}/oauth?state=none",
            "Begin again",
            status: HttpStatusCode.Conflict
        );

    [Theory]
    [InlineData("/admin/audit?handler=Check", "as written")]
    [InlineData("/admin/tool-commands", "Add a command")]
    [InlineData("/admin/backups", "Check again")]
    [InlineData("/admin/doctor", "What was found")]
    public async Task A_page_of_superusers_pleases_in_every_size_and_light(string page, string shown) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantSuperuserAsync), page, shown);

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        await person.Api.PostAsync("/api/account/tokens", new { name = "A script with quite a long name that says what it does" });
        await using var stub = new ToolServerStub();
        var server = await HeldToolServer.AddAsync(republic, person, stub);
        await ArchiveWorld.ExportAsync(person);
        var import = await ArchiveWorld.ImportAsync(person, ArchiveFile.OfProfile().ToBytes());
        return new PlantedState(person, ("server", server.Id), ("import", import["id"]!.GetValue<string>()));
    }

    private async Task<PlantedState> PlantSuperuserAsync()
    {
        await republic.PlantBackupAsync(TimeSpan.FromDays(20));
        await republic.PlantBackupAsync(TimeSpan.FromDays(3), hasFile: false);
        await republic.PlantBackupAsync(TimeSpan.FromDays(2), BackupStatus.Unreadable);
        await republic.PlantBackupAsync(TimeSpan.FromDays(1), BackupStatus.Failed, hasFile: false);
        return new PlantedState(republic.Mira);
    }
}
