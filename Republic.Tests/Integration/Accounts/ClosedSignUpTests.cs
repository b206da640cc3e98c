using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Accounts;

public sealed class ClosedSignUpTests(ClosedSignUpTests.Closed republic) : IClassFixture<ClosedSignUpTests.Closed>
{
    [Fact]
    public async Task Where_sign_up_is_closed_the_first_account_can_be_made_and_no_other()
    {
        var client = new ApiClient(new HttpClient { BaseAddress = republic.Address });
        await client.PostAsync("/api/account/register", new { email = "mira@republic.example", password = "three little words" });

        var refused = await client.ProblemAsync(
            403,
            HttpMethod.Post,
            "/api/account/register",
            new { email = "eve@republic.example", password = "three little words" }
        );

        Assert.Contains("closed", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Sign-up is closed here", await republic.NewVisitor().ReadAsync("/account/sign-up"), StringComparison.Ordinal);
        Assert.DoesNotContain("/account/sign-up", await republic.NewVisitor().ReadAsync("/account/sign-in"), StringComparison.Ordinal);
        Assert.Equal(1, await republic.QueryAsync(db => db.Users.CountAsync(TestContext.Current.CancellationToken)));
    }

    public sealed class Closed(TestDatabases databases) : EmptyRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Accounts:SignUp", "closed")];
    }
}
