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
    [InlineData("There is no command \"sell\"", "sell", "phi-3", "--url", Server)]
    public void What_cannot_be_asked_is_refused_in_one_line(string expected, string verb, params string[] args) =>
        RefusedInOneLine(expected, verb, args);

    [Theory]
    [InlineData("Which model? Give its name or id", "rm", "--url", Server)]
    [InlineData("Which model? Give its name or id", "rm", "", "--url", Server)]
    [InlineData("republic rm has no option --force", "rm", "Phi", "--force", "--url", Server)]
    [InlineData("Odd is one word too many for republic rm", "rm", "Phi", "Odd", "--yes", "--url", Server)]
    [InlineData("Which name? Give the new one", "mv", "Phi", "--url", Server)]
    [InlineData("Which name? Give the new one", "mv", "Phi", "", "--url", Server)]
    [InlineData("name is one word too many for republic mv", "mv", "Phi", "new", "name", "--url", Server)]
    [InlineData("Which model? Give its name or id", "test", "--detach", "--url", Server)]
    [InlineData("Which model? Give its name or id", "pause", "--url", Server)]
    [InlineData("republic resume has no option --detach", "resume", "Phi", "--detach", "--url", Server)]
    [InlineData("Phi is one word too many for republic ps", "ps", "Phi", "--url", Server)]
    [InlineData("Which model? Give its name or id", "stop", "--url", Server)]
    [InlineData("Which model? Give its name or id", "pin", "--url", Server)]
    [InlineData("Which model? Give its name or id", "unpin", "--url", Server)]
    [InlineData("Nothing is to be set. Give --keep-alive, --context or both", "set", "Phi", "--url", Server)]
    [InlineData("Which model? Give its name or id", "set", "--context", "4096", "--url", Server)]
    [InlineData(
        "--keep-alive needs a whole number of minutes, or default, and 1h is neither",
        "set",
        "Phi",
        "--keep-alive",
        "1h",
        "--url",
        Server
    )]
    [InlineData(
        "--context needs a whole number of tokens, or default, and 4,096 is neither",
        "set",
        "Phi",
        "--context=4,096",
        "--url",
        Server
    )]
    [InlineData("--context is given twice", "set", "Phi", "--context", "1024", "--context", "2048", "--url", Server)]
    [InlineData("--keep-alive needs a value", "set", "Phi", "--keep-alive", "--url", Server)]
    [InlineData("Which type? Give Q4_K_M or Q8_0", "quantize", "Phi", "--url", Server)]
    [InlineData("Which model? Give its name or id", "versions", "--url", Server)]
    [InlineData("--version needs a whole number from 0 up, and -1 is none", "rollback", "Phi", "--version", "-1", "--url", Server)]
    [InlineData("--version needs a whole number from 0 up, and last is none", "rollback", "Phi", "--version", "last", "--url", Server)]
    [InlineData("--minion needs a value", "rollback", "Phi", "--minion", "--url", Server)]
    public void What_cannot_be_done_with_a_model_is_refused_in_one_line(string expected, string verb, params string[] args) =>
        RefusedInOneLine(expected, verb, args);

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

    private static void RefusedInOneLine(string expected, string verb, string[] args)
    {
        var refused = RemoteArguments.Parse(verb, args, address: null).Failure!.Message;

        Assert.Contains(expected, refused, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused);
    }
}
