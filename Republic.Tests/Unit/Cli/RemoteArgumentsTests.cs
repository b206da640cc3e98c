using Republic.Web.Cli.Remote;

namespace Republic.Tests.Unit.Cli;

public sealed class RemoteArgumentsTests
{
    private const string Server = "http://localhost:5080";

    [Theory]
    [InlineData("Which Republic is meant? --url, or REPUBLIC_URL in the environment, takes an address", "list")]
    [InlineData("--url needs an address such as http://localhost:5080, and localhost:5080 is none", "list", "--url", "localhost:5080")]
    [InlineData("--url needs an address", "list", "--url", "ftp://localhost")]
    [InlineData("--url needs an address", "list", "--url", "http://me:secret@localhost:5080")]
    [InlineData("--url needs a value", "list", "--url")]
    [InlineData("all is one word too many for republic list", "list", "all", "--url", Server)]
    [InlineData("Which model? Give its name or id", "show", "--url", Server)]
    [InlineData("two is one word too many for republic show", "show", "one", "two", "--url", Server)]
    [InlineData("Which model? Give a model id or an address", "pull", "--url", Server)]
    [InlineData("republic pull has no option --json", "pull", "phi-3", "--json", "--url", Server)]
    [InlineData("republic list has no option --token", "list", "--token", "rpat_x", "--url", Server)]
    [InlineData("--name goes with the address of a file; phi-3 is taken for a model id", "pull", "phi-3", "--name", "x", "--url", Server)]
    [InlineData("--sha256 needs 64 hexadecimal digits", "pull", "https://x.org/a.gguf", "--sha256", "abc", "--url", Server)]
    [InlineData("--second-url needs an address", "pull", "https://x.org/a.gguf", "--second-url", "b.gguf", "--url", Server)]
    public void What_cannot_be_asked_is_refused_in_one_line(string expected, string verb, params string[] args)
    {
        var refused = RemoteArguments.Parse(verb, args, address: null).Failure!.Message;

        Assert.Contains(expected, refused, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused);
    }

    [Theory]
    [InlineData("http://localhost:5080/", "http://localhost:5080", null)]
    [InlineData("https://example.org/republic/", "https://example.org/republic", "http://localhost:5080")]
    [InlineData("http://localhost:5080/", null, "http://localhost:5080/")]
    public void The_option_goes_before_the_environment(string expected, string? option, string? environment)
    {
        var read = RemoteArguments.Parse("list", option is null ? [] : ["--url", option], environment);

        Assert.Equal(new Uri(expected), read.Value!.Server);
    }

    [Fact]
    public void An_address_in_the_environment_that_is_none_is_named()
    {
        Assert.StartsWith(
            "REPUBLIC_URL needs an address",
            RemoteArguments.Parse("list", [], "nowhere").Failure!.Message,
            StringComparison.Ordinal
        );
    }
}
