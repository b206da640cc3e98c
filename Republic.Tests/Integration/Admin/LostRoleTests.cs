using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Admin;

/// <summary>Somebody whose role is taken away, or whose account is deactivated, while what they asked for waits.</summary>
public sealed class LostRoleTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string People = "/api/admin/people";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_superuser_asks_for_while_they_are_made_a_member_is_refused()
    {
        var (helper, host) = (await HelperAsync("Too-late"), "192.168.91.4:11434");
        await republic.Mira.Api.PostAsync("/api/admin/allowed-hosts", new { host });
        var prices = $"/api/users/{helper.Id}/prices";
        var price = (await helper.Api.PostAsync(prices, Price("known")))["price"]!["id"]!.GetValue<Guid>();
        var invitation = await republic.Mira.Api.PostAsync("/api/admin/invitations", new { note = "stays" });
        (int Status, HttpMethod Method, string Path, object? Body)[] requests =
        [
            (403, HttpMethod.Post, "/api/admin/allowed-hosts", new { host = "192.168.91.5:11434" }),
            (403, HttpMethod.Delete, $"/api/admin/allowed-hosts?host={host}", null),
            (403, HttpMethod.Post, "/api/admin/tool-commands", new { name = "late", command = "sh" }),
            (403, HttpMethod.Delete, $"/api/admin/tool-commands/{Guid.CreateVersion7()}", null),
            (403, HttpMethod.Put, "/api/admin/settings/Accounts:SignUp", new { value = "Open" }),
            (403, HttpMethod.Delete, $"/api/admin/invitations/{invitation["invitation"]!["id"]}", null),
            (403, HttpMethod.Post, $"/api/admin/jobs/{Guid.CreateVersion7()}/stop", null),
            (403, HttpMethod.Post, "/api/admin/backups", null),
            (403, HttpMethod.Put, "/api/admin/backups/schedule", new { day = "off" }),
            (403, HttpMethod.Get, $"/api/admin/backups/{Guid.CreateVersion7()}/download", null),
            (403, HttpMethod.Delete, $"/api/admin/backups/{Guid.CreateVersion7()}", null),
            (403, HttpMethod.Post, prices, Price("other")),
            (403, HttpMethod.Post, $"/api/users/{republic.Jonas.Id}/budgets", new { scope = "person", monthly_usd = 1 }),
            (404, HttpMethod.Delete, $"{prices}/{price}", null),
        ];
        Task demoted;
        Task refused;
        await using (var turn = await HeldAsync(helper))
        {
            demoted = republic.Mira.Api.PutAsync($"{People}/{helper.Id}", new { role = "member" });
            await turn.WaitedForAsync(1);
            refused = Task.WhenAll(requests.Select(one => helper.Api.ProblemAsync(one.Status, one.Method, one.Path, one.Body)));
            await turn.WaitedForAsync(1 + requests.Length);
        }

        await demoted;
        await refused;
        var hosts = (await republic.Mira.Api.GetAsync("/api/admin/allowed-hosts"))["hosts"]!.AsArray();
        Assert.Equal([host], hosts.Select(one => one!["host"]!.GetValue<string>()).Where(one => one.StartsWith("192.168.91.")));
        Assert.True(await republic.QueryAsync(db => db.PriceOverrides.AnyAsync(p => p.Id == price, Ct)));
    }

    [Fact]
    public async Task A_key_that_is_stored_while_its_owner_is_deactivated_is_not()
    {
        var helper = await HelperAsync("Shares-late");
        Task deactivated;
        Task refused;
        await using (var turn = await HeldAsync(helper))
        {
            deactivated = republic.Mira.Api.PostAsync($"{People}/{helper.Id}/deactivate");
            await turn.WaitedForAsync(1);
            refused = helper.Api.ProblemAsync(
                403,
                HttpMethod.Post,
                $"/api/users/{helper.Id}/providers",
                new
                {
                    provider = "openai",
                    api_key = "sk-late-0123456789",
                    is_shared = true,
                }
            );
            await turn.WaitedForAsync(2);
        }

        await deactivated;
        await refused;
        Assert.False(await republic.QueryAsync(db => db.Credentials.AnyAsync(c => c.OwnerId == helper.Id, Ct)));
    }

    [Fact]
    public async Task A_deletion_whose_superuser_is_made_a_member_meanwhile_is_undone()
    {
        var (helper, person) = (await HelperAsync("Deletes-late"), await republic.NewPersonAsync("Stays"));
        var task = (await person.Api.PostAsync("/api/tasks", new { title = "Held" }))["task"]!["id"]!.GetValue<Guid>();
        Task refused;
        await using (
            var turn = await HeldTurn.TakeAsync(
                republic,
                db => db.Database.ExecuteSqlAsync($"select 1 from tasks where id = {task} for update", Ct)
            )
        )
        {
            refused = helper.Api.ProblemAsync(403, HttpMethod.Delete, $"{People}/{person.Id}");
            await turn.WaitedForAsync(1, "delete from citizens");
            await republic.Mira.Api.PutAsync($"{People}/{helper.Id}", new { role = "member" });
        }

        await refused;
        await republic.Mira.Api.GetAsync($"{People}/{person.Id}");
        Assert.True(await republic.QueryAsync(db => db.Tasks.AnyAsync(t => t.Id == task, Ct)));
    }

    private Task<HeldTurn> HeldAsync(Inhabitant person) =>
        HeldTurn.TakeAsync(republic, db => db.Database.ExecuteSqlAsync($"select 1 from people where id = {person.Id} for update", Ct));

    private async Task<Inhabitant> HelperAsync(string name)
    {
        var helper = await republic.NewPersonAsync(name);
        await republic.Mira.Api.PutAsync($"{People}/{helper.Id}", new { role = "superuser" });
        return helper;
    }

    private static object Price(string model) =>
        new
        {
            provider = "custom",
            model = $"lost-role-{model}",
            input = 1,
            output = 2,
            for_everybody = true,
        };
}
