using Republic.Core;

namespace Republic.Tests.Unit;

public sealed class OptionReaderTests
{
    [Fact]
    public void Options_come_in_any_order_with_a_space_or_an_equals_sign()
    {
        var options = Read("--rate=0.5", "--force", "--name", "--a dash first", "--folder", "a", "--rows", "-3", "--folder=b=c");

        Assert.Equal("--a dash first", options.Needed("--name"));
        Assert.Equal((-3, 0.5), (options.Whole("--rows"), options.Real("--rate")));
        Assert.Equal(["a", "b=c"], options.All("--folder"));
        Assert.True(options.Has("--force"));
        Assert.Null(options.Problem);
    }

    [Theory]
    [InlineData("republic try has no option --colour.", "--colour", "red")]
    [InlineData("republic try has no option --colour=red.", "--colour=red")]
    [InlineData("republic try has no option -n.", "-n", "x")]
    [InlineData("republic try has no option --force=yes.", "--force=yes")]
    [InlineData("red stands behind no option of republic try.", "--name", "x", "red")]
    [InlineData("--name needs a value.", "--name")]
    [InlineData("--name needs a value.", "--name", "--rows", "4")]
    [InlineData("--name needs a value.", "--name", "--force")]
    [InlineData("--name is missing.", "--rows", "4")]
    [InlineData("--name is missing.", "--name=")]
    [InlineData("--name is given twice; republic try takes one.", "--name", "x", "--name", "y")]
    [InlineData("--rows needs a whole number from 1 to 9, and four is none.", "--name", "x", "--rows", "four")]
    [InlineData("--rows needs a whole number from 1 to 9, and 10 is none.", "--name", "x", "--rows", "10")]
    [InlineData("--rows needs a whole number from 1 to 9, and 1,5 is none. Write 0.5, not 0,5.", "--name", "x", "--rows", "1,5")]
    [InlineData("--rows needs a whole number from 1 to 9, and 99999999999 is none.", "--name", "x", "--rows", "99999999999")]
    [InlineData("--rate needs a number, and NaN is none.", "--name", "x", "--rate", "NaN")]
    [InlineData("--rate needs a number, and 0,5 is none. Write 0.5, not 0,5.", "--name", "x", "--rate", "0,5")]
    public void What_is_wrong_is_said_in_one_way(string expected, params string[] args)
    {
        var options = Read(args);
        options.Needed("--name");
        options.Whole("--rows", 1, 9);
        options.Real("--rate");

        Assert.Equal($"{expected} See republic try --help.", options.Problem?.Message);
    }

    [Theory]
    [InlineData(true, "--help")]
    [InlineData(true, "-h", "--name")]
    [InlineData(true, "--name", "x", "--help")]
    [InlineData(false, "--name", "--help", "x")]
    [InlineData(false)]
    public void Help_is_asked_for_first_or_last(bool asked, params string[] args)
    {
        Assert.Equal(asked, OptionReader.AsksForHelp(args));
    }

    private static OptionReader Read(params string[] args) =>
        new("republic try", args, ["--name", "--rows", "--rate", "--folder"], "--force");
}
