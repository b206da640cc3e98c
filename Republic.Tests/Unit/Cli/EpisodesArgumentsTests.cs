using Republic.Web.Cli.Episodes;

namespace Republic.Tests.Unit.Cli;

public sealed class EpisodesArgumentsTests
{
    private const string Server = "http://localhost:5080";
    private const string Id = "0198c3a2-0000-7000-8000-000000000001";

    [Theory]
    [InlineData("There is no command \"episodes folow\". See republic episodes --help.", "folow")]
    [InlineData("Which Republic is meant? --url, or REPUBLIC_URL in the environment", "--json")]
    [InlineData("republic episodes has no option --colour. See republic episodes --help.", "--colour", "--url", Server)]
    [InlineData("--status takes running, completed or terminated, and done is not among them.", "--status", "done", "--url", Server)]
    [InlineData("Which scenario? Give its name or id.", "start", "--url", Server)]
    [InlineData("review is one word too many. Put what has spaces in quotes.", "start", "Code", "review", "--url", Server)]
    [InlineData("--cast needs a role and who plays it, such as reviewer=me, and Ada is not that.", "start", "x", "--cast", "Ada")]
    [InlineData("--cast needs a role and who plays it", "start", "x", "--cast", "reviewer=")]
    [InlineData("--cast names reviewer twice.", "start", "x", "--cast", "reviewer=Ada", "--cast=reviewer=Bo")]
    [InlineData("Which episode? Give its id", "follow", "--url", Server)]
    [InlineData("An episode is given by its id, as republic episodes prints it, and review is none.", "journal", "review")]
    [InlineData("--timeline needs the id of a timeline, and 2 is none.", "replay", Id, "--timeline", "2")]
    [InlineData("In which role? Give its name", "act", Id, "--text", "Fine.")]
    [InlineData("--text has no words.", "act", Id, "reviewer", "--text", " ")]
    [InlineData("--score needs a number from 0 to 1, and 0,7 is none. Write 0.5, not 0,5.", "act", Id, "reviewer", "--score", "0,7")]
    [InlineData("--score needs a number from 0 to 1, and 7 is none.", "act", Id, "reviewer", "--score", "7")]
    [InlineData("republic episodes start has no option --timeline", "start", "x", "--timeline", Id)]
    public void What_cannot_be_asked_is_refused_in_one_line(string expected, params string[] args)
    {
        var address = args.Contains("--url") || args is ["--json"] ? null : Server;

        var refused = EpisodesArguments.Parse(args, address).Failure!.Message;

        Assert.Contains(expected, refused, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused);
    }

    [Fact]
    public void Whoever_plays_which_role_is_read_as_it_was_given()
    {
        var read = EpisodesArguments
            .Parse(["start", "Code review", "--cast", "developer = Ada L=ace", "--cast=reviewer=me"], Server)
            .Value!;

        Assert.Equal("Code review", read.Scenario);
        Assert.Equal([("developer", "Ada L=ace"), ("reviewer", "me")], read.Cast.Select(part => (part.Key, part.Value)));
    }

    [Fact]
    public void An_act_may_begin_with_dashes_and_names_its_outcome()
    {
        var read = EpisodesArguments
            .Parse(["act", Id.ToUpperInvariant(), "reviewer", "--text", "-- no", "--outcome", "changes", "--score", "0.7"], Server)
            .Value!;

        Assert.Equal((Id, "reviewer", "-- no", "changes", 0.7), (read.Id, read.Role, read.Text, read.Outcome, read.Score));
    }

    [Fact]
    public void Without_a_verb_the_list_is_meant()
    {
        var read = EpisodesArguments.Parse(["--waiting", "--status", "Running"], Server).Value!;

        Assert.Equal(("list", "RUNNING", true), (read.Verb, read.Status, read.IsWaiting));
    }
}
