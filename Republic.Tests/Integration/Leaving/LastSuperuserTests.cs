using Microsoft.EntityFrameworkCore;
using Republic.Core.Tasks;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Leaving;

/// <summary>An app of its own, as in the shared one each class has a superuser.</summary>
public sealed class LastSuperuserTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private const string Me = "/api/account/me";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_superuser_stays_and_of_two_who_leave_at_once_one_does()
    {
        var mira = republic.Mira;
        var refused = await mira.Api.ProblemAsync(409, HttpMethod.Delete, Me, new { password = mira.Password });
        Assert.Contains("Make somebody else one first", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var page = await (await mira.BrowserAsync()).ReadAsync("/account/delete");
        Assert.Contains("You are the only superuser.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Delete for good", page, StringComparison.Ordinal);

        var paula = await republic.NewPersonAsync("Paula");
        await mira.Api.PutAsync($"/api/admin/people/{paula.Id}", new { role = "superuser" });
        var both = await Task.WhenAll(LeaveAsync(mira), LeaveAsync(paula));

        Assert.Equal([204, 409], both.Order());
        var left = await republic.QueryAsync(db =>
            db.Users.Where(p => p.IsSuperuser && p.DeactivatedAt == null).Select(p => p.Id).ToListAsync(Ct)
        );
        Assert.Equal([both[0] == 409 ? mira.Id : paula.Id], left);
    }

    [Fact]
    public async Task Who_was_reactivated_meanwhile_and_is_the_only_superuser_by_then_stays_too()
    {
        var petra = await republic.NewPersonAsync("Petra");
        var others = await republic.QueryAsync(db => db.Users.Where(p => p.IsSuperuser).Select(p => p.Id).ToListAsync(Ct));
        Task<int> left;
        await using (var turn = await HeldTurn.TakeAsync(republic, db => db.LockTasksAsync(petra.Id, Ct)))
        {
            left = LeaveAsync(petra);
            await turn.WaitedForAsync(1, "pg_advisory_xact_lock");
            await republic.QueryAsync(db =>
                db.Users.ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(p => p.IsSuperuser, p => p.Id == petra.Id).SetProperty(p => p.DeactivatedAt, (DateTimeOffset?)null),
                    Ct
                )
            );
        }

        Assert.Equal(409, await left);
        Assert.True(await republic.QueryAsync(db => db.Users.AnyAsync(p => p.Id == petra.Id, Ct)));
        // As it was before.
        await republic.QueryAsync(db =>
            db.Users.ExecuteUpdateAsync(set => set.SetProperty(p => p.IsSuperuser, p => others.Contains(p.Id)), Ct)
        );
    }

    private static async Task<int> LeaveAsync(Inhabitant person)
    {
        using var answer = await person.Api.SendAsync(HttpMethod.Delete, Me, new { password = person.Password });
        return (int)answer.StatusCode;
    }
}
