using Republic.Web.Cli.Backups;

namespace Republic.Tests.Unit.Cli;

public sealed class BackupArgumentsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-words-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_file_options_and_settings_stand_in_any_order()
    {
        string[] args =
        [
            "--REPUBLIC_DATA",
            "/data",
            "--dry-run",
            "monday.zip",
            "--passphrase-file=words",
            "--ConnectionStrings:Db=Host=db",
        ];

        var parsed = BackupArguments.Parse("republic backup", args).Value!;

        Assert.Equal(("monday.zip", "words", true), (parsed.File, parsed.PassphraseFile, parsed.IsDryRun));
        Assert.Equal(["--REPUBLIC_DATA", "/data", "--ConnectionStrings:Db=Host=db"], parsed.Settings);
    }

    [Theory]
    [InlineData("FILE is missing", "--dry-run")]
    [InlineData("FILE is missing", "")]
    [InlineData("\"tuesday.zip\" is too much", "monday.zip", "tuesday.zip")]
    [InlineData("--passphrase-file needs a value", "monday.zip", "--passphrase-file")]
    [InlineData("--passphrase-file needs a value", "monday.zip", "--passphrase-file", "--dry-run")]
    [InlineData("--passphrase-file needs a value", "monday.zip", "--passphrase-file", "")]
    [InlineData("--passphrase-file needs a value", "monday.zip", "--passphrase-file=")]
    [InlineData("no command or option --colour", "monday.zip", "--colour", "red")]
    [InlineData("no command or option -v", "monday.zip", "-v")]
    public void What_is_not_understood_is_said_in_one_line(string expected, params string[] args)
    {
        var message = BackupArguments.Parse("republic backup", args).Failure!.Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.EndsWith("See republic backup --help.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seven moons\n", "seven moons")]
    [InlineData("seven moons\r\n", "seven moons")]
    [InlineData(" seven moons", " seven moons")]
    public void The_passphrase_is_the_line_of_its_file(string text, string passphrase)
    {
        Assert.Null(Of(text).ReadPassphrase(out var read));

        Assert.Equal(passphrase, read);
    }

    [Theory]
    [InlineData("", "holds no passphrase")]
    [InlineData("\n", "holds no passphrase")]
    [InlineData("seven\nmoons", "has several lines")]
    public void A_file_with_no_line_or_several_holds_none(string text, string expected) =>
        Assert.Contains(expected, Of(text).ReadPassphrase(out _)!.Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_or_far_too_long_is_refused()
    {
        var missing = new BackupArguments("monday.zip", Path.Combine(folder.FullName, "none"), false, []);

        Assert.Contains("The passphrase cannot be read", missing.ReadPassphrase(out _)!.Message, StringComparison.Ordinal);
        Assert.Contains("is too long", Of(new string('a', 2000)).ReadPassphrase(out _)!.Message, StringComparison.Ordinal);
        Assert.Null(new BackupArguments("monday.zip", null, false, []).ReadPassphrase(out var none));
        Assert.Null(none);
    }

    private BackupArguments Of(string text)
    {
        var path = Path.Combine(folder.FullName, "words");
        File.WriteAllText(path, text);
        return new BackupArguments("monday.zip", path, false, []);
    }
}
