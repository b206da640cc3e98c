using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic people</c>, beside a server that runs on the same database.</summary>
public sealed class PeopleTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    [Fact]
    public async Task A_lost_superuser_gets_back_in_by_a_link_and_everybody_is_listed()
    {
        var (exit, listed, _) = await RunAsync("list");
        Assert.Equal(0, exit);
        Assert.Contains($"{republic.Mira.Email}\tMira\tsuperuser\tactive\t", listed, StringComparison.Ordinal);
        Assert.Contains($"{republic.Jonas.Email}\tJonas\tmember\tactive\t", listed, StringComparison.Ordinal);

        var (_, reset, _) = await RunAsync("reset", republic.Mira.Email);
        var link = reset.Split('\n')[0];
        Assert.Contains("New password", await republic.NewVisitor().ReadAsync(link), StringComparison.Ordinal);
        var (_, invitation, _) = await RunAsync("invite", "Nora of the choir");
        Assert.Contains("Make my account", await republic.NewVisitor().ReadAsync(invitation.Split('\n')[0]), StringComparison.Ordinal);
        var audit = (await republic.Mira.Api.GetAsync("/api/admin/audit")).ToJsonString();
        Assert.All(["person.invite", "person.reset_link"], action => Assert.Contains(action, audit, StringComparison.Ordinal));
        Assert.All(
            [link, invitation.Split('\n')[0]],
            secret => Assert.DoesNotContain(secret.Split('=')[1], audit, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Somebody_is_deactivated_and_reactivated()
    {
        Assert.Equal(0, (await RunAsync("deactivate", republic.Jonas.Email)).ExitCode);
        var login = new { email = republic.Jonas.Email, password = republic.Jonas.Password };
        using var http = new HttpClient { BaseAddress = republic.Address };
        await new ApiClient(http).ProblemAsync(401, HttpMethod.Post, "/api/account/login", login);
        Assert.Contains("\tdeactivated\t", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("reactivate", republic.Jonas.Email)).ExitCode);
    }

    // Each command is a start of the program: a test of many would be over its limit on a busy machine.
    [Fact]
    public async Task The_only_superuser_stays_one()
    {
        var (exit, _, error) = await RunAsync("member", republic.Mira.Email);
        Assert.Equal(1, exit);
        Assert.StartsWith("Mira is the only superuser.", error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("superuser", republic.Ada.Email)).ExitCode);
        Assert.Equal(0, (await RunAsync("member", republic.Ada.Email)).ExitCode);
    }

    [Theory]
    [InlineData("There is no command \"people dance\".", "dance")]
    [InlineData("republic people deactivate needs an e-mail address.", "deactivate")]
    [InlineData("\"of\" is too much; put quotes around words that belong together.", "invite", "Nora", "of")]
    [InlineData("Nobody here has the address nobody@nowhere.example.", "reset", "nobody@nowhere.example")]
    public async Task What_it_cannot_do_is_refused_with_why(string why, params string[] args)
    {
        var (exit, output, error) = await RunAsync(args);

        Assert.NotEqual(0, exit);
        Assert.Empty(output);
        Assert.StartsWith(why, error, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args) =>
        World.Cli.RunAsync(republic.DataFolder, "", ["people", .. args, $"--ConnectionStrings:Db={republic.ConnectionString}"]);
}
